"""The words that a visitor finds on a page, as plain text: for the search and for the quality rules.

Every translated field of a block is read, so that a new type of block needs no change here; a type that must not
be read is left out by name. Settings, numbers, ids and addresses are not words.
"""

import unicodedata
from collections.abc import Callable, Set
from typing import Any

from django.utils import translation

from mestring.typed_text.invisible_signs import without_invisible_signs
from pages.models import BLOCKS, DoDontBlock
from pages.models.blocks.table import cells
from pages.rendering.advice import sentence_of
from pages.rendering.blocks import NEEDED, RICH
from pages.richtext.reader import text_of

# Fields without translations that hold words: the words are the same in every language.
UNTRANSLATED = {"resource_link": ("publisher",)}

# The fields of each type in the order of its model: PostgreSQL keeps the keys of what is stored in one of its own.
ORDER = {
    model.snapshot_name: {field.name: number for number, field in enumerate(model._meta.local_fields)}
    for model in BLOCKS
}

# A myth without its fact would be remembered as true. A claim is on the page only while it is confirmed.
NEVER_QUOTED = frozenset({"myth_fact.myth", "claim"})


def body_text(body: list[dict[str, Any]], language: str, *, leave_out: Set[str] = frozenset()) -> str:
    """Return an edition's body in one language, one line for each heading, paragraph, item and field.

    `leave_out` names whole types ("claim") or one field of a type ("myth_fact.myth").
    """
    return "\n".join(line for block in body for line in block_lines(block, language, leave_out=leave_out))


def block_lines(block: dict[str, Any], language: str, *, leave_out: Set[str] = frozenset()) -> list[str]:
    """Return one stored block's lines; none when a visit would not show the block in this language."""
    kind = block["type"]
    texts = {name: value.get(language, "") for name, value in block.items() if isinstance(value, dict)}
    if kind in leave_out or not any(texts.values()) or not all(texts.get(name) for name in NEEDED.get(kind, ())):
        return []
    texts |= {name: block.get(name, "") for name in UNTRANSLATED.get(kind, ())}
    place = ORDER[kind]
    names = sorted(texts, key=lambda name: (name in UNTRANSLATED.get(kind, ()), place.get(name, len(place)), name))
    names = [name for name in names if f"{kind}.{name}" not in leave_out]
    with translation.override(language):
        field_texts = [field_text(block, name, texts[name]) for name in names]
    return [line for text in field_texts for line in normalize(text).splitlines()]


def field_text(block: dict[str, Any], name: str, text: str) -> str:
    """Return one field's text without markup, in the active language."""
    if (block["type"], name) in RICH:
        return text_of(text)
    write = TEXT_WRITERS.get((block["type"], name))
    return write(block, text) if write and text else text


def _advice(block: dict[str, Any], text: str) -> str:
    if block["kind"] == DoDontBlock.Kind.DO:
        return f"{DoDontBlock.Kind.DO.label}: {text}"
    return sentence_of(block, text)


def _table(_block: dict[str, Any], rows: str) -> str:
    return "\n".join(", ".join(filter(None, line)) for line in cells(rows))


TEXT_WRITERS: dict[tuple[str, str], Callable[[dict[str, Any], str], str]] = {
    ("do_dont", "text"): _advice, ("table", "rows"): _table,
}  # fmt: skip


def normalize(text: str) -> str:
    """Return a text with each letter as one character, single spaces, and no empty lines."""
    text = unicodedata.normalize("NFC", without_invisible_signs(text))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
