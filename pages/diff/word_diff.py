"""What differs between two texts, word by word, with paragraphs, headings and list items kept.

Both sides are tokens (pages.richtext.tokens) and come back as lines in which what the other side lacks is
marked; joined, the words of a side are its text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from pages.richtext.tokens import Start, Token

# Past this the words between the first and the last difference are marked as a whole: comparing takes
# the product of the lengths, and no editor reads a thousand marks.
MOST_COMPARISONS = 4_000_000


@dataclass(frozen=True)
class Run:
    """Words that are all marked, or all not."""

    marked: bool
    text: str


@dataclass(frozen=True)
class Line:
    """One line of one side. `marked`: the other side has no such line, or another kind of line."""

    kind: str
    marked: bool
    runs: tuple[Run, ...]


def marked(old: list[Token], new: list[Token]) -> tuple[list[bool], list[bool]]:
    """Return for each token of both sides whether the other side lacks it."""
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


def lines(tokens: Iterable[Token], marks: Iterable[bool]) -> tuple[Line, ...]:
    """Put one side's tokens together to lines of runs."""
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
        Line(kind, mark, tuple(Run(is_marked, " ".join(words)) for is_marked, words in runs))
        for kind, mark, runs in found
    )


def word_diff(old: list[Token], new: list[Token]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return both sides as lines, with what the other lacks marked."""
    in_old, in_new = marked(old, new)
    return lines(old, in_old), lines(new, in_new)
