"""Telephone numbers as visitors read and dial them."""

from dataclasses import dataclass
from typing import Any

from pages.phone_digits import dialled


@dataclass(frozen=True)
class Phone:
    """One number, to dial and to read."""

    number: str

    @property
    def href(self) -> str:
        """Return the tel: address."""
        return f"tel:{dialled(self.number)}"

    @property
    def display(self) -> str:
        """Group eight Norwegian digits by two with no-break spaces; short numbers stay as written."""
        local = dialled(self.number).removeprefix("+47")
        if self.number.startswith("+47") and len(local) == 8:
            return "\u00a0".join(local[i : i + 2] for i in range(0, 8, 2))
        return "\u00a0".join(self.number.split())


@dataclass(frozen=True)
class PublicHelpline:
    """A helpline in one language."""

    phone: Phone
    name: str
    hours: str
    audience: str


def public_helpline(row: dict[str, Any], language: str) -> PublicHelpline:
    """Return a helpline as visitors read it; a name without a translation stays Norwegian."""
    name = row[f"name_{language}"] or row["name"]
    return PublicHelpline(Phone(row["number"]), name, row[f"hours_{language}"] or "", row["audience"])
