"""A finding: what is wrong, and what mends it. Neither ever names a person, an address or a word of an inquiry."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One fault, in words for the operator."""

    fault: str
    mend: str

    def __str__(self) -> str:
        return f"{self.fault}\n    → {self.mend}"


Findings = Iterator[Finding]
