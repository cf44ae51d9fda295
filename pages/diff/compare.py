"""What differs between two editions of a page, field by field, block by block, language by language.

Pure functions over editions as stored, of any format: {"head": …, "body": …}. Here a field is its name and a block
its type; the caller gives the labels that staff read (`ValueLabels`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pages.diff.block_pairs import BlockPair, pair_blocks
from pages.diff.word_diff import MarkedLine, word_diff
from pages.languages import LANGUAGES
from pages.richtext.tokens import Token, plain_tokens, rich_tokens

PAGE = ""  # the type of the page's own fields
# What the oldest editions of format 1 do not hold, with the value it had then.
ABSENT = {"in_footer": False, "audience": ""}
ORDER = (
    "title", "lead", "slug", "menu_title", "description", "kind", "parent", "audience", "in_menu", "in_footer",
    "position", "languages",
)  # fmt: skip


class ValueLabels(Protocol):
    """What staff read for a stored value, and which fields hold rich text."""

    def value(self, block: str, field: str, value: Any) -> str:
        """Return what staff read for a stored value that is not a text."""

    def link(self, href: str) -> str:
        """Return what staff read for where a link leads."""

    def is_rich(self, block: str, field: str) -> bool:
        """Say whether a field holds rich text."""


class AsStored:
    """Labels that are the stored values."""

    def value(self, block: str, field: str, value: Any) -> str:
        return "" if value is None else str(value)

    def link(self, href: str) -> str:
        return href

    def is_rich(self, block: str, field: str) -> bool:
        return False


@dataclass(frozen=True)
class FieldDifference:
    """One field in one language ("" for a field without languages), both sides as lines with marked words.

    `looks_only` says that the words are the same, and that bold, italics or spaces are not.
    """

    name: str
    language: str
    old: tuple[MarkedLine, ...]
    new: tuple[MarkedLine, ...]
    changed: bool
    looks_only: bool = False


@dataclass(frozen=True)
class BlockDifference:
    """One block before and after."""

    type: str
    what: str  # same, changed, added, removed
    moved: bool
    old_place: int | None
    new_place: int | None
    fields: tuple[FieldDifference, ...]

    @property
    def differs(self) -> bool:
        return self.moved or self.what != "same"


@dataclass(frozen=True)
class Comparison:
    """The fields and blocks of two editions: all of them, or only those that differ."""

    fields: tuple[FieldDifference, ...]
    blocks: tuple[BlockDifference, ...]

    @property
    def differs(self) -> bool:
        return any(field.changed for field in self.fields) or any(block.differs for block in self.blocks)


def compare(
    old: Mapping[str, Any], new: Mapping[str, Any], labels: ValueLabels | None = None, *, everything: bool = False
) -> Comparison:
    """Return what differs; with `everything` also what is the same. Never raises, whatever was stored."""
    labels = labels or AsStored()
    before, after = ABSENT | as_dict(old.get("head")), ABSENT | as_dict(new.get("head"))
    fields = compare_fields(PAGE, before, after, labels, everything=everything)
    pairs = pair_blocks(blocks_in(old), blocks_in(new))
    blocks = [compare_pair(pair, labels, everything=everything) for pair in pairs]
    return Comparison(fields, tuple(block for block in blocks if everything or block.differs))


def compare_pair(pair: BlockPair, labels: ValueLabels, *, everything: bool) -> BlockDifference:
    """Return one block's difference. All fields of an added or a removed block are shown."""
    name = str((pair.new or pair.old or {}).get("type", ""))
    fields = compare_fields(name, pair.old or {}, pair.new or {}, labels, everything=everything)
    both = pair.old is not None and pair.new is not None
    changed = "changed" if any(field.changed for field in fields) else "same"
    what = changed if both else "removed" if pair.new is None else "added"
    return BlockDifference(name, what, pair.moved, pair.old_place, pair.new_place, fields)


def compare_fields(
    block: str, old: dict[str, Any], new: dict[str, Any], labels: ValueLabels, *, everything: bool
) -> tuple[FieldDifference, ...]:
    """Return the fields of a page or a block; of a text, one for each language."""
    fields = []
    for name in sort_fields({*old, *new} - {"type", "redacted"}):
        before, after = old.get(name), new.get(name)
        if isinstance(before, dict) or isinstance(after, dict):
            first, second = as_texts(before), as_texts(after)
            rich = labels.is_rich(block, name)
            for language in sorted({*first, *second}, key=language_order):
                texts = (first.get(language, ""), second.get(language, ""))
                sides = [rich_tokens(text, labels.link) if rich else plain_tokens(text) for text in texts]
                fields.append(difference(name, language, *sides, changed=texts[0] != texts[1]))
        else:
            read = [labels.value(block, name, value) for value in (before, after)]
            if before != after and read[0] == read[1]:
                read = [AsStored().value(block, name, value) for value in (before, after)]
            sides = [[*plain_tokens(text)] for text in read]
            changed = before != after and not (before in EMPTY and after in EMPTY)
            fields.append(difference(name, "", *sides, changed=changed))
    return tuple(field for field in fields if field.changed or (everything and (field.old or field.new)))


EMPTY: tuple[Any, ...] = (None, "", [])


def difference(name: str, language: str, old: list[Token], new: list[Token], *, changed: bool) -> FieldDifference:
    """Return one field's difference."""
    before, after = word_diff(old, new)
    return FieldDifference(name, language, before, after, changed, looks_only=changed and old == new)


def sort_fields(names: set[str]) -> list[str]:
    """Return the page's own fields in the order of its form, others by name."""
    return sorted(names, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), str(name)))


def language_order(language: str) -> tuple[int, str]:
    """Return a sort key: the site's languages in their order, then others by their code."""
    return (LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES), language)


def as_dict(value: Any) -> dict[str, Any]:
    """Return a stored head or block with its names as text; {} for any other value."""
    return {str(name): content for name, content in value.items()} if isinstance(value, dict) else {}


def as_texts(value: Any) -> dict[str, str]:
    """Return {language: text}; any other value becomes a text without a language."""
    if isinstance(value, dict):
        return {str(language): AsStored().value("", "", text) for language, text in value.items() if text}
    return {} if value in EMPTY else {"": str(value)}


def blocks_in(edition: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the blocks of an edition without their empty fields; a value that is not a block is left out."""
    body = edition.get("body")
    return [without_empty(block) for block in body if isinstance(block, dict)] if isinstance(body, list) else []


def without_empty(block: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a block that have content."""
    filled = {
        name: as_texts(value) if isinstance(value, dict) else value for name, value in as_dict(block).items()
    }
    return {name: value for name, value in filled.items() if value not in (*EMPTY, {})}
