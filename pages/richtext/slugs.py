"""Titles as slugs: the last part of an address, and the id of a heading."""

from django.utils.text import slugify

NORWEGIAN_LETTERS = str.maketrans({"å": "a", "ø": "o", "æ": "ae"})


def slug_from(title: str) -> str:
    """Return a title as a slug: å, ø and æ become a, o and ae, which are on every keyboard."""
    return slugify(title.lower().translate(NORWEGIAN_LETTERS))[:80].strip("-")
