"""A text as tokens to compare: `Start` opens a line of some kind, a string is a word."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pages.richtext.allowed_markup import LISTS
from pages.richtext.reader import Piece, pieces


@dataclass(frozen=True)
class Start:
    """The beginning of a line: a heading, a smaller heading, a bullet, a numbered item or a paragraph."""

    kind: str


Token = str | Start
KINDS = {"h2": "heading", "h3": "subheading", "ul": "bullet", "ol": "number"}  # other lines are paragraphs
ITEMS = (Start("bullet"), Start("number"))


def plain_tokens(text: str) -> list[Token]:
    """Return the tokens of plain text, one paragraph for each line that says something."""
    tokens: list[Token] = []
    for line in text.splitlines():
        if words := line.split():
            tokens += [Start("paragraph"), *words]
    return tokens


def rich_tokens(html: str, name_link: Callable[[str], str] = str) -> list[Token]:
    """Return the tokens of rich text; a link is its words and then where it leads."""
    writer = _TokenWriter(name_link)
    for piece in pieces(html):
        writer.read(piece)
    writer.end_word()
    return writer.tokens


class _TokenWriter:
    """Writes the tokens of one text, piece by piece."""

    def __init__(self, name_link: Callable[[str], str]) -> None:
        self.name_link = name_link
        self.tokens: list[Token] = []
        self.lists: list[str] = []
        self.hrefs: list[str] = []
        self.word = ""  # goes on behind an inline tag, as in <strong>over</strong>dose

    def read(self, piece: Piece) -> None:
        if not piece.tag:
            self.read_text(piece.value)
        elif piece.tag == "a":
            self.read_link(piece)
        elif piece.divides:
            self.end_word()
            if piece.tag in LISTS:
                self.lists = [*self.lists, piece.tag] if piece.opens else self.lists[:-1]
            elif piece.opens:
                self.start_line(piece.tag)

    def read_text(self, text: str) -> None:
        for part in re.findall(r"\s+|\S+", text):
            if part.isspace():
                self.end_word()
            else:
                self.word += part

    def read_link(self, piece: Piece) -> None:
        if piece.opens:
            self.hrefs.append(piece.value)
        elif self.hrefs and (href := self.hrefs.pop()):
            self.end_word()
            self.add(f"(→ {self.name_link(href)})")

    def start_line(self, tag: str) -> None:
        if tag == "li":
            tag = self.lists[-1] if self.lists else "ul"
        elif tag == "p" and self.tokens and self.tokens[-1] in ITEMS:
            return  # the paragraph that the editor puts into every item
        self.tokens.append(Start(KINDS.get(tag, "paragraph")))

    def end_word(self) -> None:
        if self.word:
            self.add(self.word)
            self.word = ""

    def add(self, word: str) -> None:
        if not self.tokens:
            self.tokens.append(Start("paragraph"))
        self.tokens.append(word)
