"""What the rules read: one language of a page as passages and links, each with its place in the form.

Words: a *passage* is one paragraph, list item, heading or short field, as plain text. *Prose* is what the clinic
says in sentences of its own; titles, table rows and quotations are not prose.
"""

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.db.models import TextField
from modeltranslation.translator import translator

from pages.models import BLOCKS, Page
from pages.quality.sentences import split_sentences, words_in
from pages.rendering.blocks import RICH
from pages.rendering.plain_text import normalize
from pages.richtext.allowed_markup import HEADINGS, clean
from pages.richtext.reader import Line, elements_in, lines_in

BY_NAME: dict[str, Any] = {model.snapshot_name: model for model in BLOCKS}
ADDRESS = "slug"
# A quotation cannot be made shorter, and a table has no sentences.
NO_PROSE = {("quote", "text"), ("table", "rows")}
PROSE, HEADING, SHORT = "prose", "heading", "short"


@dataclass(frozen=True)
class Place:
    """A field: the index of its block in the body (None for the page's own fields) and its name."""

    block: int | None
    name: str


@dataclass(frozen=True)
class Passage:
    """One line of text. `level` is that of a heading inside a rich text."""

    place: Place
    kind: str
    text: str
    level: int = 0


@dataclass(frozen=True)
class Sentence:
    """One sentence of the prose with its words."""

    place: Place
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class LinkText:
    """The words that a visitor presses, their place, and where the link leads if it stands in a text."""

    place: Place
    text: str
    href: str = ""


@dataclass
class Reading:
    """One language of a head and a body as pages.editions.snapshot writes them."""

    language: str
    head: dict[str, Any]
    body: list[dict[str, Any]]
    passages: list[Passage] = field(default_factory=list)
    links: list[LinkText] = field(default_factory=list)

    def own_text(self, name: str) -> str:
        """Return one of the page's own texts."""
        return normalize(self.head.get(name, {}).get(self.language, ""))

    def texts_of(self, block: dict[str, Any]) -> dict[str, str]:
        """Return a block's texts in this language by the name of their field; "" where there is none."""
        return {name: value.get(self.language, "") for name, value in block.items() if isinstance(value, dict)}

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Return every sentence of the prose that has words."""
        prose = (passage for passage in self.passages if passage.kind == PROSE)
        parts = (
            (passage.place, part, words_in(part)) for passage in prose for part in split_sentences(passage.text)
        )
        return [Sentence(place, part, words) for place, part, words in parts if words]


def read(head: dict[str, Any], body: list[dict[str, Any]], language: str) -> Reading:
    """Read one language of a page as passages and links. Any text can be read."""
    reading = Reading(language, head, body)
    for name in fields_of(""):
        if name != ADDRESS:
            _read_field(reading, "", Place(None, name), head.get(name, {}).get(language, ""))
    for number, block in enumerate(body):
        for name in fields_of(block["type"]):
            text = (block.get(name) or {}).get(language, "")
            if text:
                _read_field(reading, block["type"], Place(number, name), text)
    return reading


@cache
def fields_of(kind: str) -> dict[str, str]:
    """Return the translated fields of a type of block ("" for the page), each with its kind of text.

    A type that no longer exists has none.
    """
    model = BY_NAME.get(kind) if kind else Page
    if model is None:
        return {}
    names = translator.get_options_for_model(model).all_fields
    long = {name for name in names if isinstance(model._meta.get_field(name), TextField)}
    return {name: PROSE if name in long and (kind, name) not in NO_PROSE else SHORT for name in names}


def _read_field(reading: Reading, kind: str, place: Place, text: str) -> None:
    if (kind, place.name) in RICH:
        html = clean(text)  # as it would be stored: what the cleaner takes away is never judged
        for line in lines_in(html):
            reading.passages += _rich_passages(place, line)
        links = elements_in(html, ("a",))
        reading.links += [LinkText(place, _one_line(link.text), link.href) for link in links]
        return
    text_kind = fields_of(kind)[place.name]
    reading.passages += [Passage(place, text_kind, line) for line in normalize(text).splitlines()]


def _rich_passages(place: Place, line: Line) -> list[Passage]:
    """Return the passages of one line. A heading is one passage, also when it has line breaks."""
    if line.tag in HEADINGS:
        return [Passage(place, HEADING, _one_line(line.text), int(line.tag[1]))]
    return [Passage(place, PROSE, text) for text in normalize(line.text).splitlines()]


def _one_line(text: str) -> str:
    return " ".join(normalize(text).split())
