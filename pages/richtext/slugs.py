"""Titles as addresses."""

from django.utils.text import slugify

NORWEGIAN_LETTERS = str.maketrans({"å": "a", "ø": "o", "æ": "ae"})


def slug_from(title: str) -> str:
    """Return a title as an address: å, ø and æ become a, o and ae, which every keyboard has."""
    return slugify(title.lower().translate(NORWEGIAN_LETTERS))[:80].strip("-")
