"""Cut a text into words as people compare them: without case, apostrophes and accents; with a hyphen, also as one.

Pages and questions are cut in the same way, so that "can't" is "cant", "kafé" is "kafe", and "e-post" is "epost".
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

APOSTROPHES = "'’‘ʼ`´＇"
_PART = rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*|\d+"
PART = re.compile(_PART)
# Written as one by some people and in pieces by others: "AA-møte", "e post", "35 01 95 00".
_JOINED = rf"\d+(?: \d+)+|\be (?:post|mail)[^\W\d_]*|(?:{_PART})(?:[-‐‑](?:{_PART}))+"
WORD = re.compile(f"(?P<joined>{_JOINED})|{_PART}", re.IGNORECASE)
COUNTRY_CODE = re.compile(r"^(?:00)?47(?=\d{8}$)")  # a number is found with and without it
_JOINTS = re.compile(r"[\s‐‑-]")
_OUR_LETTERS = "æøå"
_ELSEWHERE = str.maketrans("öä", "øæ", APOSTROPHES)


class Word(NamedTuple):
    """A word of a text as it is compared, and where it stands."""

    start: int
    end: int
    word: str


def words_in(text: str) -> Iterator[Word]:
    """Return the words in their order; one in pieces as its pieces and then as one."""
    for match in WORD.finditer(text):
        if match["joined"]:
            yield from (Word(*part.span(), fold(part[0])) for part in PART.finditer(text, *match.span()))
        yield Word(*match.span(), fold(match[0]))


def whole_words_in(text: str) -> list[Word]:
    """Return the words in their order, one in pieces only as one."""
    return [Word(*match.span(), fold(match[0])) for match in WORD.finditer(text)]


def fold(word: str) -> str:
    """Return a word as it is compared. Æ, ø and å are letters, not accents."""
    folded = word.lower().translate(_ELSEWHERE)
    if not folded.isascii():
        folded = "".join(letter if letter in _OUR_LETTERS else without_accent(letter) for letter in folded)
    return COUNTRY_CODE.sub("", _JOINTS.sub("", folded)) or word


def without_accent(letter: str) -> str:
    """Return a letter without its accents, ligatures and wide forms in their parts."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", letter) if unicodedata.category(sign) != "Mn")
