"""Where a web address, an e-mail address or a number occurs in the working copies, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import F, Lookup, Q, Value
from django.utils.crypto import salted_hmac
from modeltranslation.translator import translator

from pages.languages import LANGUAGES
from pages.models import BLOCKS, Edition, Page, ResourceLinkBlock
from pages.replace.replacement import Change, Replacement, apply_changes
from pages.richtext.field import RichTextField

PLAIN, RICH, ADDRESS = "plain", "rich", "address"
# Words and addresses that are the same in every language.
UNTRANSLATED = {ResourceLinkBlock: {"url": ADDRESS, "publisher": PLAIN}}
NOT_TEXT = {(Page, "slug")}  # an address of the site itself, which has rules of its own


class Resembles(Lookup):
    """LIKE, on both databases without regard to the case of the letters a to z."""

    lookup_name = "resembles"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        like = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
        return f"{left} {like} {right}", [*left_values, *right_values]


@dataclass(frozen=True)
class TextColumn:
    """One column that holds text: a field in one language, or one that is the same in all."""

    name: str
    field: str
    language: str
    format: str


@dataclass(frozen=True)
class FieldOccurrences:
    """One field of a working copy in which the search term occurs, with the change of each occurrence."""

    row: Any
    column: TextColumn
    value: str
    changes: list[Change]

    @property
    def new_value(self) -> str:
        """Return what the field becomes."""
        return apply_changes(self.value, self.changes)


OccurrencesByPage = dict[int, list[FieldOccurrences]]


@cache
def text_columns(model: Any) -> tuple[TextColumn, ...]:
    """Return the columns of a model that hold text or links for visitors."""
    columns = []
    for name in translator.get_options_for_model(model).all_fields:
        if (model, name) not in NOT_TEXT:
            format = RICH if isinstance(model._meta.get_field(name), RichTextField) else PLAIN
            columns += [TextColumn(f"{name}_{language}", name, language, format) for language in LANGUAGES]
    untranslated = UNTRANSLATED.get(model, {}).items()
    return (*columns, *(TextColumn(name, name, "", format) for name, format in untranslated))


def find_occurrences(replacement: Replacement, *, page: Page | None = None) -> OccurrencesByPage:
    """Return the occurrences in the working copies of all pages that are not deleted, or of one page.

    One query for each kind of block, however many pages there are; only rows that may hold the term are read.
    """
    by_page: OccurrencesByPage = {}
    for model in (Page, *BLOCKS):
        may_hold = _may_hold(model, replacement)
        if may_hold is None:
            continue
        own = "pk" if model is Page else "parent"
        not_deleted = Q(deleted_at=None) if model is Page else Q(parent__deleted_at=None)
        manager: Any = model.objects
        rows = manager.filter(not_deleted, may_hold, **({own: page.pk} if page else {}))
        for row in rows.order_by("pk") if model is Page else rows.order_by("ordering", "pk"):
            for occurrences in _in_row(row, replacement):
                by_page.setdefault(row.pk if model is Page else row.parent_id, []).append(occurrences)
    for of_page in by_page.values():
        of_page.sort(key=lambda occurrences: getattr(occurrences.row, "ordering", -1))
    return by_page


def _may_hold(model: Any, replacement: Replacement) -> Q | None:
    condition = None
    for column in text_columns(model):
        resembles = Q(Resembles(F(column.name), Value(replacement.old.like_pattern)))
        condition = resembles if condition is None else condition | resembles
    return condition


def _in_row(row: Any, replacement: Replacement) -> Iterator[FieldOccurrences]:
    model: Any = type(row)
    for column in text_columns(model):
        value = getattr(row, column.name) or ""
        if changes := _changes(replacement, column.format, value):
            yield FieldOccurrences(row, column, value, changes)


def _changes(replacement: Replacement, format: str, value: str) -> list[Change]:
    changes_in = {
        PLAIN: replacement.changes_in_plain,
        RICH: replacement.changes_in_rich,
        ADDRESS: replacement.changes_in_address,
    }
    return changes_in[format](value)


def digest_of_occurrences(occurrences: list[FieldOccurrences]) -> str:
    """Return a digest that is the same for two lists in which an editor sees the same."""
    seen = [
        (type(one.row).__name__, one.row.pk, one.column.name, change.old, change.new, change.before, change.after)
        for one in occurrences
        for change in one.changes
    ]
    return salted_hmac("pages.hits", repr(seen)).hexdigest()[:32]


def edition_holds(edition: Edition, replacement: Replacement) -> bool:
    """Say whether a stored edition holds what would be replaced."""
    blocks = {model.snapshot_name: model for model in BLOCKS}
    parts = [(Page, edition.head), *((blocks[b["type"]], b) for b in edition.body if b["type"] in blocks)]
    return any(
        _changes(replacement, column.format, value)
        for model, part in parts
        for column in text_columns(model)
        if isinstance(value := _stored(part.get(column.field), column.language), str) and value
    )


def _stored(value: Any, language: str) -> Any:
    return value.get(language) if isinstance(value, dict) else value
