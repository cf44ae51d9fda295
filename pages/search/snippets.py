"""A few words of a page around the first match, with the matches marked, safe to put into HTML."""

import re
from collections.abc import Callable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from pages.search.words import words_in

BEFORE, LENGTH = 60, 220  # characters
SENTENCE_END = re.compile(r"[.!?]\s+|\n")
NEXT_LINE = " · "  # a heading and its text, or the items of a list, in one paragraph
Span = tuple[int, int]
IsMarked = Callable[[str], bool]  # says of a stem whether its word is marked


def find_matches(text: str, stems: str, is_marked: IsMarked) -> list[Span]:
    """Return where the marked words stand, as far as a snippet goes. The stems are in the order of the words."""
    spans: list[Span] = []
    for (start, end, _word), stem in zip(words_in(text), stems.split(), strict=False):
        if spans and end > spans[0][1] + LENGTH:
            break
        if is_marked(stem):
            while spans and spans[-1][0] >= start:  # its pieces
                spans.pop()
            spans.append((start, end))
    return spans


def mark_matches(text: str, stems: str, is_marked: IsMarked) -> SafeString:
    """Return a whole text with its matches marked."""
    return with_marks(text, find_matches(text, stems, is_marked), 0, len(text))


def snippet(texts: list[tuple[str, str]], is_marked: IsMarked) -> SafeString:
    """Return the surroundings of the first match in the first (text, stems) with one, else how the text begins."""
    for text, stems in texts:
        if spans := find_matches(text, stems, is_marked):
            return excerpt(text, spans)
    return excerpt(next((text for text, _stems in texts if text), ""), [])


def excerpt(text: str, spans: list[Span]) -> SafeString:
    """Return about LENGTH characters that hold the first match, as whole sentences where that is possible.

    It begins with the sentence: half of "never stop abruptly" would be the opposite advice.
    """
    first, last = spans[0] if spans else (0, 0)
    start = sentence = max((end for end in sentence_ends(text) if end <= first), default=0)
    if last - sentence > LENGTH:
        start = max(sentence, text.rfind(" ", 0, max(first - BEFORE, 0)) + 1)
    within = [end for end in (*sentence_ends(text), len(text)) if last <= end <= start + LENGTH]
    end = max(within) if within else max(last, text.rfind(" ", last, start + LENGTH))
    before, after = "… " * (start > sentence), " …" * (not within)
    return format_html("{}{}{}", before, with_marks(text, spans, start, end), after)


def sentence_ends(text: str) -> list[int]:
    """Return where a sentence or a line has just ended."""
    return [match.end() for match in SENTENCE_END.finditer(text)]


def with_marks(text: str, spans: list[Span], start: int, end: int) -> SafeString:
    """Return text[start:end] escaped, the spans in it as <mark>, lines joined to one."""
    pieces, at = [], start
    for first, last in spans:
        if start <= first and last <= end:
            pieces += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces).strip().replace("\n", NEXT_LINE))  # noqa: S308 (every piece of text is escaped)
