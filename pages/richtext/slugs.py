"""Titles as slugs: the last part of an address, and the id of a heading."""

import re

from django.utils.text import slugify

from mestring.typed_text.invisible_signs import without_invisible_signs

# Norwegian letters, and Sami ones and their neighbours that Unicode does not divide into a letter and its sign:
# they would be left out of the middle of a word.
LETTERS = str.maketrans({
    "å": "a", "ø": "o", "æ": "ae", "đ": "d", "ŋ": "n", "ŧ": "t",
    "ð": "d", "þ": "th", "ł": "l", "ß": "ss", "œ": "oe",
})  # fmt: skip
# What stands between two words or two numbers: ung/voksen, 9–15, 8.30. An apostrophe stands inside a word.
BETWEEN_WORDS = re.compile(r"[^\w\s'’]")


def slug_from(title: str) -> str:
    """Return a title as a slug: å, ø and æ become a, o and ae, which are on every keyboard."""
    letters = without_invisible_signs(title).lower().translate(LETTERS)
    return slugify(BETWEEN_WORDS.sub(" ", letters))[:80].strip("-")
