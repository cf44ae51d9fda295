"""Who could do harm, and what stands in the way: the threat model of docs/security.md, in words for the clinic."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Risk:
    """`known_as` is the first cell of its row in docs/security.md: a test holds the two lists together."""

    known_as: str
    who: str
    harm: str
    in_the_way: str
    left: str


def read_risks() -> list[Risk]:
    """Return the risks in the order of docs/security.md."""
    text = (Path(__file__).parent / "risks.toml").read_text(encoding="utf-8")
    return [Risk(**one) for one in tomllib.loads(text)["risk"]]
