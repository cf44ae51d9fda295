"""A few words of a page around the first hit, with the hits marked, safe to put into HTML."""

import re
from collections.abc import Callable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from pages.search.stemming import WORD

BEFORE, LENGTH = 60, 220  # characters
END = re.compile(r"[.!?]\s+|\n")
NEXT_LINE = " · "  # a heading and its text, or the items of a list, in one paragraph
Span = tuple[int, int]
Matches = Callable[[str], bool]


def hits(text: str, stems: str, matches: Matches) -> list[Span]:
    """Return where the words stand whose stems match, as far as a snippet goes. Stems are in the words' order."""
    found: list[Span] = []
    for word, stem in zip(WORD.finditer(text), stems.split(), strict=False):
        if found and word.end() > found[0][1] + LENGTH:
            break
        if matches(stem):
            found.append(word.span())
    return found


def marked(text: str, stems: str, matches: Matches) -> SafeString:
    """Return a whole text with its hits marked."""
    return with_marks(text, hits(text, stems, matches), 0, len(text))


def snippet(texts: list[tuple[str, str]], matches: Matches) -> SafeString:
    """Return the surroundings of the first hit in the first (text, stems) that has one, else how it begins."""
    for text, stems in texts:
        if found := hits(text, stems, matches):
            return cut(text, found)
    return cut(next((text for text, _stems in texts if text), ""), [])


def cut(text: str, found: list[Span]) -> SafeString:
    """Return about LENGTH characters that hold the first hit, as whole sentences where that is possible.

    It begins with the sentence: half of "never stop abruptly" would be the opposite advice.
    """
    first, last = found[0] if found else (0, 0)
    start = sentence = max((end for end in ends(text) if end <= first), default=0)
    if last - sentence > LENGTH:
        start = max(sentence, text.rfind(" ", 0, max(first - BEFORE, 0)) + 1)
    within = [end for end in (*ends(text), len(text)) if last <= end <= start + LENGTH]
    end = max(within) if within else max(last, text.rfind(" ", last, start + LENGTH))
    before, after = "… " * (start > sentence), " …" * (not within)
    return format_html("{}{}{}", before, with_marks(text, found, start, end), after)


def ends(text: str) -> list[int]:
    """Return where a sentence or a line has just ended."""
    return [match.end() for match in END.finditer(text)]


def with_marks(text: str, found: list[Span], start: int, end: int) -> SafeString:
    """Return text[start:end] escaped, the spans found in it as <mark>, lines run together."""
    pieces, at = [], start
    for first, last in found:
        if start <= first and last <= end:
            pieces += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces).strip().replace("\n", NEXT_LINE))  # noqa: S308 (every piece of text is escaped)
