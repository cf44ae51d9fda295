"""A text as the eye compares it: for finding words, never for storing them."""

import unicodedata

from mestring.typed_text.invisible_signs import without_invisible_signs

# Hyphens and apostrophes, as keyboards and word processors write them.
_LOOK_ALIKE = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019\u00b4`", "------''''")


def as_read(text: str) -> str:
    """Return the text with one sign for those that look alike, for a letter and its ring, and for any space."""
    seen = unicodedata.normalize("NFKC", without_invisible_signs(text).translate(_LOOK_ALIKE)).casefold()
    return " ".join(unicodedata.normalize("NFKC", seen).split())
