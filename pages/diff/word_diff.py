"""What differs between two texts, word by word, with paragraphs, headings and list items kept.

Both texts are tokens (pages.richtext.tokens). They come back as lines in which the words that the other text lacks
are marked; the words of all lines together are the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from pages.richtext.tokens import Start, Token

# Above this, all words from the first to the last difference are marked: the time grows with the product of the
# lengths, and an editor does not read a thousand marks.
MOST_COMPARISONS = 4_000_000


@dataclass(frozen=True)
class MarkedRun:
    """Words in a row that are all marked, or all not marked."""

    marked: bool
    text: str


@dataclass(frozen=True)
class MarkedLine:
    """One line of one text. It is marked when the other text lacks the line, or has a line of another kind."""

    kind: str
    marked: bool
    runs: tuple[MarkedRun, ...]


def missing_tokens(old: list[Token], new: list[Token]) -> tuple[list[bool], list[bool]]:
    """Return, for each token of both texts, whether the other text lacks it."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    in_old, in_new = [False] * len(old), [False] * len(new)
    in_old[start : len(old) - end] = [True] * len(left)
    in_new[start : len(new) - end] = [True] * len(right)
    if len(left) * len(right) <= MOST_COMPARISONS:
        for a, b, size in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
            in_old[start + a : start + a + size] = [False] * size
            in_new[start + b : start + b + size] = [False] * size
    return in_old, in_new


def marked_lines(tokens: Iterable[Token], marks: Iterable[bool]) -> tuple[MarkedLine, ...]:
    """Return the tokens of one text as lines of runs."""
    found: list[tuple[str, bool, list[tuple[bool, list[str]]]]] = []
    for token, mark in zip(tokens, marks, strict=True):
        if isinstance(token, Start):
            found.append((token.kind, mark, []))
        else:
            runs = found[-1][2]
            if not runs or runs[-1][0] != mark:
                runs.append((mark, []))
            runs[-1][1].append(token)
    return tuple(
        MarkedLine(kind, mark, tuple(MarkedRun(is_marked, " ".join(words)) for is_marked, words in runs))
        for kind, mark, runs in found
    )


def word_diff(old: list[Token], new: list[Token]) -> tuple[tuple[MarkedLine, ...], tuple[MarkedLine, ...]]:
    """Return both texts as lines, in which the words that the other text lacks are marked."""
    in_old, in_new = missing_tokens(old, new)
    return marked_lines(old, in_old), marked_lines(new, in_new)
