"""The one reader of the rich-text format: for all that searches, compares, checks or rewrites stored text.

The reader relies on the cleaner (pages.richtext.allowed_markup), which writes each tag in one way, with one
attribute at most, and writes `<` in words as `&lt;`. What is not a tag of the format is text, so plain text can
be read too. An HTML parser was refused: it does not say where a piece stands in the field, and it takes "<name>"
in plain text for a tag.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

from pages.richtext.allowed_markup import HEADINGS, INLINE, LINE_BREAK, TAGS

_ATTRIBUTE = r'(?: \w+="([^"]*)")?'
_TAG = re.compile(rf"<(/?)({'|'.join(sorted(TAGS))}){_ATTRIBUTE} ?/?>")


class Piece(NamedTuple):
    """One tag, or the text between two. `stored` is the text, or a link's address, as the field holds it."""

    tag: str  # "" for text
    opens: bool
    stored: str
    stored_at: int
    start: int
    end: int

    @property
    def value(self) -> str:
        """Return the text or the address as it is read."""
        return unescape(self.stored)

    @property
    def is_link(self) -> bool:
        """Say whether a link begins here; its `value` is where it leads."""
        return self.tag == "a" and self.opens and bool(self.stored)

    @property
    def divides(self) -> bool:
        """Say whether the words before and after it stand on two lines."""
        return bool(self.tag) and self.tag not in INLINE


class Line(NamedTuple):
    """A heading, a paragraph or an item. A line break inside it is a new line in `text`."""

    tag: str  # "" for words outside every element
    text: str


class Element(NamedTuple):
    """An element as it is stored, where it leads if it is a link, and the markup in it."""

    stored: str
    tag: str
    href: str
    inner: str

    @property
    def text(self) -> str:
        """Return the words in it."""
        return text_of(self.inner)


def pieces(html: str) -> Iterator[Piece]:
    """Yield every tag and every text, in order."""
    end = 0
    for tag in _TAG.finditer(html):
        if tag.start() > end:
            yield Piece("", False, html[end : tag.start()], end, end, tag.start())
        yield Piece(tag[2], not tag[1], tag[3] or "", tag.start(3), *tag.span())
        end = tag.end()
    if end < len(html):
        yield Piece("", False, html[end:], end, end, len(html))


def text_of(html: str) -> str:
    """Return the words without markup: no two lines run together, and no word falls apart."""
    return "".join("\n" if piece.divides else "" if piece.tag else piece.value for piece in pieces(html))


def lines_in(html: str) -> Iterator[Line]:
    """Yield every line that says something. Whatever stands inside a heading belongs to it."""
    tag, text = "", ""
    for piece in pieces(html):
        if not piece.divides:
            text += piece.value if not piece.tag else ""
        elif piece.tag == LINE_BREAK or (tag in HEADINGS and piece.tag != tag):
            text += "\n"
        else:
            if text.strip():
                yield Line(tag, text)
            tag, text = piece.tag if piece.opens else "", ""
    if text.strip():
        yield Line(tag, text)


def links_in(html: str) -> Iterator[str]:
    """Yield where each link leads."""
    return (piece.value for piece in pieces(html) if piece.is_link)


def elements_in(html: str, tags: tuple[str, ...]) -> Iterator[Element]:
    """Yield the elements with these tags, in order."""
    return (_element(match) for match in _elements(tags).finditer(html))


def rewrite(html: str, tags: tuple[str, ...], write: Callable[[Element], str]) -> str:
    """Return html with each element of these tags as `write` writes it. None may hold another of its own tag."""
    return _elements(tags).sub(lambda match: write(_element(match)), html)


def retag(html: str, tags: tuple[str, ...], opening: str, closing: str) -> str:
    """Return html with these tags, which have no attribute, replaced by others."""
    return re.sub(rf"<(/?)(?:{'|'.join(tags)})>", lambda tag: closing if tag[1] else opening, html)


@cache
def _elements(tags: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"<({'|'.join(tags)}){_ATTRIBUTE}>(.*?)</\1>", re.DOTALL)


def _element(match: re.Match[str]) -> Element:
    return Element(match[0], match[1], unescape(match[2] or ""), match[3])
