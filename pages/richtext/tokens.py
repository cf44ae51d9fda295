"""A text as tokens to compare: `Start` opens a line of some kind, a string is a word."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True)
class Start:
    """The beginning of a line: a heading, a smaller heading, a bullet, a numbered item or a paragraph."""

    kind: str


Token = str | Start


def plain_tokens(text: str) -> list[Token]:
    """Return the tokens of plain text, one paragraph for each line that says something."""
    found: list[Token] = []
    for line in text.splitlines():
        if words := line.split():
            found += [Start("paragraph"), *words]
    return found


class _Reader(HTMLParser):
    """Reads what pages.richtext.field wrote; any other text is read too, without its markup."""

    KINDS = {"h2": "heading", "h3": "subheading"}

    def __init__(self, name_link: Callable[[str], str]) -> None:
        super().__init__()
        self.name_link = name_link
        self.found: list[Token] = []
        self.lists: list[str] = []
        self.hrefs: list[str] = []
        self.unfinished = ""  # a word that goes on behind a tag, as in <strong>over</strong>dose

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.hrefs.append(dict(attrs).get("href") or "")
        elif tag in ("ul", "ol"):
            self.lists.append("bullet" if tag == "ul" else "number")
        elif tag == "li":
            self.open(self.lists[-1] if self.lists else "bullet")
        elif tag in ("p", "br", *self.KINDS):
            self.finish_word()
            in_empty_item = self.found and self.found[-1] in (Start("bullet"), Start("number"))
            if not (tag == "p" and in_empty_item):
                self.open(self.KINDS.get(tag, "paragraph"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.hrefs and (href := self.hrefs.pop()):
            self.finish_word()
            self.found.append(f"(→ {self.name_link(href)})")
        elif tag in ("ul", "ol"):
            self.finish_word()
            self.lists = self.lists[:-1]
        elif tag in ("p", "li", *self.KINDS):
            self.finish_word()

    def handle_data(self, data: str) -> None:
        for part in re.findall(r"\s+|\S+", data):
            if part.isspace():
                self.finish_word()
            else:
                self.unfinished += part

    def open(self, kind: str) -> None:
        self.finish_word()
        self.found.append(Start(kind))

    def finish_word(self) -> None:
        if self.unfinished:
            if not self.found:
                self.found.append(Start("paragraph"))
            self.found.append(self.unfinished)
            self.unfinished = ""


def rich_tokens(html: str, name_link: Callable[[str], str] = str) -> list[Token]:
    """Return the tokens of rich text; a link is its words and then where it leads."""
    reader = _Reader(name_link)
    reader.feed(html)
    reader.close()
    reader.finish_word()
    if reader.found and isinstance(reader.found[0], str):
        reader.found.insert(0, Start("paragraph"))
    return reader.found
