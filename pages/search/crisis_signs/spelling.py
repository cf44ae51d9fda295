"""How people write who are afraid: one spelling for all keyboards, and the slips of fingers."""

import re
import unicodedata
from collections.abc import Iterator

from pages.search.stemming import clean_question

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = "'’‘ʼ`´＇"
SHORT = 3  # letters; "dø" is not "do", nor "sår" "sar", but "bevisstlos" can only be "bevisstløs"
LONGEST = 30  # letters of a word that are read
LONG_ENOUGH = 6  # letters: one error leaves such a word itself
SLIPS_FROM = 4  # letters: in such a word only what a finger does is an error
PLAIN = str.maketrans("øæå", "oaa")
KEYBOARD = ("qwertyuiopå", "asdfghjkløæ", "zxcvbnm")


def spell(text: str) -> list[str]:
    """Return the words of a question or a line in the one way in which they are compared."""
    text = unicodedata.normalize("NFKC", clean_question(text)).lower()
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Mn" and sign not in APOSTROPHES)
    return [normal(word) for word in WORD.findall(text.replace("ö", "ø").replace("ä", "æ"))]


def normal(word: str, whole: bool = True) -> str:
    """Return a word with one letter for two and, unless it is a short whole word, without Norwegian letters."""
    before = " " + word
    single = "".join(sign for sign, last in zip(word, before, strict=False) if sign != last or sign.isdigit())[
        :LONGEST
    ]
    return single if whole and len(single) <= SHORT else single.translate(PLAIN)


def keys(word: str) -> set[str]:
    """Return the spellings under which a word of the file is found."""
    bare = word.strip("*")
    written = (bare, bare.replace("ø", "oe").replace("æ", "ae"))
    return {normal(one, whole) for one in written for whole in {True, bare == word}}


def shortened(word: str) -> Iterator[str]:
    """Return the word, and the word without each of its letters: two that share one differ by one error."""
    yield word
    for place in range(len(word)):
        yield normal(word[:place] + word[place + 1 :])


def is_a_slip(written: str, meant: str) -> bool:
    """Say whether a finger can have done this: two letters swapped, one missing, a neighbouring key."""
    if written[:1] != meant[:1]:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b), min(len(written), len(meant))
    )
    rest, wanted = written[start:], meant[start:]
    if len(written) < len(meant):
        return rest == wanted[1:]
    if len(written) > len(meant):
        return rest[1:] == wanted and rest[0] in NEAR.get(written[start - 1], "") + NEAR.get(wanted[:1], "")
    swapped = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]
    return swapped or (rest[1:] == wanted[1:] and rest[0] in NEAR.get(wanted[0], ""))


def neighbours() -> dict[str, str]:
    """Return the keys around each key."""
    places = {letter: (x + y / 2, y) for y, row in enumerate(KEYBOARD) for x, letter in enumerate(row)}
    return {
        one: "".join(
            other for other, (x2, y2) in places.items() if abs(x - x2) <= 1 and abs(y - y2) <= 1 and one != other
        )
        for one, (x, y) in places.items()
    }


NEAR = neighbours()
