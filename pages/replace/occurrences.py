"""Where a web address, an e-mail address or a number stands in the working copies, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import F, Lookup, Q, Value
from django.utils.crypto import salted_hmac
from modeltranslation.translator import translator

from pages.languages import LANGUAGES
from pages.models import BLOCKS, Edition, Page, ResourceLinkBlock
from pages.replace.replacement import Change, Exchange, changed
from pages.richtext.field import RichTextField

PLAIN, RICH, ADDRESS = "plain", "rich", "address"
# Words and addresses that are the same in every language.
UNTRANSLATED = {ResourceLinkBlock: {"url": ADDRESS, "publisher": PLAIN}}
NOT_WORDS = {(Page, "slug")}  # an address of our own, which has rules of its own


class Resembles(Lookup):
    """LIKE, on both databases without regard to small and capital letters a to z."""

    lookup_name = "resembles"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        like = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
        return f"{left} {like} {right}", [*left_values, *right_values]


@dataclass(frozen=True)
class Column:
    """One column that holds words."""

    name: str
    field: str
    language: str
    how: str


@dataclass(frozen=True)
class Found:
    """One field of a working copy in which the needle stands, and each place in it."""

    row: Any
    column: Column
    value: str
    changes: list[Change]

    @property
    def new_value(self) -> str:
        """Return what the field becomes."""
        return changed(self.value, self.changes)


Hits = dict[int, list[Found]]


@cache
def columns_of(model: Any) -> tuple[Column, ...]:
    """Return the columns of a model in which readers' words or links stand."""
    found = []
    for name in translator.get_options_for_model(model).all_fields:
        if (model, name) not in NOT_WORDS:
            how = RICH if isinstance(model._meta.get_field(name), RichTextField) else PLAIN
            found += [Column(f"{name}_{language}", name, language, how) for language in LANGUAGES]
    return (*found, *(Column(name, name, "", how) for name, how in UNTRANSLATED.get(model, {}).items()))


def find(exchange: Exchange, *, page: Page | None = None) -> Hits:
    """Return the hits in the working copies of all pages that are not deleted, or of one, by page.

    One query for each kind of block, however many pages there are; only rows that may hold it are read.
    """
    hits: Hits = {}
    for model in (Page, *BLOCKS):
        where = _may_hold(model, exchange)
        if where is None:
            continue
        own = "pk" if model is Page else "parent"
        kept = Q(deleted_at=None) if model is Page else Q(parent__deleted_at=None)
        every: Any = model.objects
        rows = every.filter(kept, where, **({own: page.pk} if page else {}))
        for row in rows.order_by("pk") if model is Page else rows.order_by("ordering", "pk"):
            for found in _in_row(row, exchange):
                hits.setdefault(row.pk if model is Page else row.parent_id, []).append(found)
    for all_of_page in hits.values():
        all_of_page.sort(key=lambda found: getattr(found.row, "ordering", -1))
    return hits


def _may_hold(model: Any, exchange: Exchange) -> Q | None:
    where = None
    for column in columns_of(model):
        resembles = Q(Resembles(F(column.name), Value(exchange.old.rough)))
        where = resembles if where is None else where | resembles
    return where


def _in_row(row: Any, exchange: Exchange) -> Iterator[Found]:
    model: Any = type(row)
    for column in columns_of(model):
        value = getattr(row, column.name) or ""
        if changes := _changes(exchange, column.how, value):
            yield Found(row, column, value, changes)


def _changes(exchange: Exchange, how: str, value: str) -> list[Change]:
    return {PLAIN: exchange.in_plain, RICH: exchange.in_rich, ADDRESS: exchange.in_address}[how](value)


def mark_of(hits: list[Found]) -> str:
    """Return a mark that two lists of hits share when an editor sees the same in both."""
    seen = [
        (type(found.row).__name__, found.row.pk, found.column.name, one.old, one.new, one.before, one.after)
        for found in hits
        for one in found.changes
    ]
    return salted_hmac("pages.hits", repr(seen)).hexdigest()[:32]


def stands_in(edition: Edition, exchange: Exchange) -> bool:
    """Say whether a stored edition holds what would be changed."""
    blocks = {model.snapshot_name: model for model in BLOCKS}
    parts = [(Page, edition.head), *((blocks[b["type"]], b) for b in edition.body if b["type"] in blocks)]
    return any(
        _changes(exchange, column.how, value)
        for model, part in parts
        for column in columns_of(model)
        if isinstance(value := _stored(part.get(column.field), column.language), str) and value
    )


def _stored(value: Any, language: str) -> Any:
    return value.get(language) if isinstance(value, dict) else value
