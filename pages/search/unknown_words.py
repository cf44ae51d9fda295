"""What stands in for a word that no page has: the words it is made of, or the one that is spelt most alike."""

from collections.abc import Set
from difflib import get_close_matches

from pages.search.stemming import stem

SHORTEST_FIRST, SHORTEST_PIECE = 2, 3  # letters: "AA-møte"
SHORTEST_ALONE = 5  # letters of the stem of a piece that says enough when the other one is unknown
SHORTEST_MISSPELT = 4  # letters: shorter words have too many neighbours
SPELT_ALIKE = 0.75
BINDINGS = ("", "s", "e")  # letters that bind a compound: "tvangsinnleggelse", "barnehage"
_FOREIGN_LETTERS = str.maketrans("øåæ", "oaa")


def pieces(word: str, known: Set[str], language: str) -> list[str]:
    """Return the two known words that a word is made of, the last one as long as can be; else nothing."""
    for at in range(SHORTEST_FIRST, len(word) - SHORTEST_PIECE + 1):
        first, last = word[:at], word[at:]
        for binding in BINDINGS if stem(last, language) in known else ():
            bare = first.removesuffix(binding)
            if len(bare) >= SHORTEST_FIRST and stem(bare, language) in known:
                return [bare, last]
    return []


def known_piece(word: str, known: Set[str], language: str) -> str:
    """Return the longest known word that a word ends with, for that is what the thing is, or else begins with."""
    ends = range(SHORTEST_PIECE, len(word) - SHORTEST_ALONE + 1)
    candidates = [*(word[at:] for at in ends), *(word[:-at] for at in ends)]
    stemmed = ((piece, stem(piece, language)) for piece in candidates)
    return next((piece for piece, own in stemmed if len(own) >= SHORTEST_ALONE and own in known), "")


def spelt_alike(stem: str, known: Set[str]) -> str:
    """Return the known stem that is spelt most alike and begins with the same letter; else ""."""
    if len(stem) < SHORTEST_MISSPELT:
        return ""
    plain = plain_letters(stem)
    near = {
        plain_letters(other): other
        for other in sorted(known)
        if abs(len(other) - len(stem)) <= 2 and plain_letters(other[0]) == plain[0]
    }
    alike = get_close_matches(plain, near, n=1, cutoff=SPELT_ALIKE)
    return near[alike[0]] if alike else ""


def plain_letters(word: str) -> str:
    """Return a word in the letters of a foreign keyboard, one for two."""
    return word.translate(_FOREIGN_LETTERS).replace("aa", "a").replace("ae", "a").replace("oe", "o")
