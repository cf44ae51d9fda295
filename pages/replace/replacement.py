"""One address or number becomes another in stored text, and all else stays byte for byte. Pure functions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

from pages.replace.search_term import SearchTerm
from pages.richtext.reader import pieces, text_of

LINK, TEXT = "link", "text"
_CHARACTER = re.compile(r"&(?:#\w+|\w+);|.", re.DOTALL)


@dataclass(frozen=True)
class Change:
    """One occurrence in a stored value: the old and the new words as a reader sees them, the new ones as `stored`.

    `before` and `after` are the words around it; for a link, `before` is the link's text.
    """

    where: str
    start: int
    end: int
    old: str
    new: str
    stored: str
    before: str
    after: str = ""


@dataclass(frozen=True)
class DecodedText:
    """Words as read, and for each character where it begins and ends in what is stored."""

    words: str
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True)
class Replacement:
    """What becomes what: in the targets of links, in the words readers see, or in both."""

    old: SearchTerm
    new: SearchTerm
    links: bool = True
    text: bool = True

    def changes_in_plain(self, value: str) -> list[Change]:
        """Return the changes in a field without markup."""
        if not self.text:
            return []
        return [self._text_change(value, *span, *span, self.new.typed) for span in self.old.spans(value)]

    def changes_in_address(self, value: str) -> list[Change]:
        """Return the changes in a field that is nothing but a web address."""
        return [self._link_change(value, *span, *span[:2], rich=False) for span in self._spans(value)]

    def changes_in_rich(self, value: str) -> list[Change]:
        """Return the changes in rich text: in the targets of links, and in words that no tag divides."""
        return sorted([*self._rich_words(value), *self._rich_links(value)], key=lambda change: change.start)

    def _rich_words(self, value: str) -> list[Change]:
        if not self.text:
            return []
        read, found = decode(value), []
        for first, last in self.old.spans(read.words):
            start, end = read.starts[first], read.ends[last - 1]
            if "<" not in value[start:end]:
                found.append(self._text_change(read.words, first, last, start, end, encode(self.new.typed)))
        return found

    def _rich_links(self, value: str) -> list[Change]:
        found = []
        for link in pieces(value):
            if not link.is_link:
                continue
            read = decode(link.stored)
            pressed = text_of(value[link.end :].partition("</a>")[0])
            for first, last, whole in self._spans(read.words):
                start, end = link.stored_at + read.starts[first], link.stored_at + read.ends[last - 1]
                found.append(
                    self._link_change(read.words, first, last, whole, start, end, rich=True, pressed=pressed)
                )
        return found

    def _spans(self, href: str) -> list[tuple[int, int, bool]]:
        return self.old.spans_in_href(href) if self.links and href else []

    def _text_change(self, words: str, first: int, last: int, start: int, end: int, stored: str) -> Change:
        before, after = words[:first].rpartition("\n")[2], words[last:].partition("\n")[0]
        return Change(TEXT, start, end, words[first:last], self.new.typed, stored, before, after)

    def _link_change(
        self, href: str, first: int, last: int, whole: bool, start: int, end: int, *, rich: bool, pressed: str = ""
    ) -> Change:
        """Return a change of a link, which shows the whole target."""
        new = self.new.href if whole else self.new.typed
        stored = encode(new) if rich else new
        return Change(LINK, start, end, href, href[:first] + new + href[last:], stored, pressed)


def decode(raw: str) -> DecodedText:
    """Return stored markup as its reader sees it: an inline tag adds nothing, any other begins a new line."""
    words, starts, ends = [], list[int](), list[int]()
    for character, start, end in _characters(raw):
        words.append(character)
        starts += [start] * len(character)
        ends += [end] * len(character)
    return DecodedText("".join(words), starts, ends)


def _characters(raw: str) -> Iterator[tuple[str, int, int]]:
    """Yield each character as read, with where it begins and ends in what is stored."""
    for piece in pieces(raw):
        if piece.divides:
            yield "\n", piece.start, piece.end
        elif not piece.tag:
            for stored in _CHARACTER.finditer(piece.stored):
                yield unescape(stored[0]), piece.start + stored.start(), piece.start + stored.end()


def encode(text: str) -> str:
    """Return words as the rich-text field stores them (pages.richtext.field)."""
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")


def apply_changes(value: str, changes: list[Change]) -> str:
    """Return the value with the changes made, the last first: so the positions of the others stay true."""
    for change in sorted(changes, key=lambda change: change.start, reverse=True):
        value = value[: change.start] + change.stored + value[change.end :]
    return value
