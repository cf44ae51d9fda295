"""Rows as lines of text, the same from SQLite and PostgreSQL, and back with no rule of the models in between."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.models.query import QuerySet
from django.db.models.sql import InsertQuery

AT_ONCE = 2_000  # rows in memory
# What belongs to an hour of a running site, or would tell which network sent what.
LEFT_OUT = {
    "sessions.session", "contact.unlocked", "contact.unlocktries", "contact.throttlekey", "contact.throttlecount",
    "pages.preview", "pages.formopening",
}  # fmt: skip


def stored_models(apps: Apps) -> list[type[models.Model]]:
    """Return every model that has rows of its own, many-to-many tables included, by name."""
    found = apps.get_models(include_auto_created=True)
    return sorted((m for m in found if not m._meta.proxy and m._meta.managed), key=lambda m: m._meta.label_lower)


def historical_models(alias: str, migrations: Iterable[tuple[str, str]]) -> Apps:
    """Return the models as these migrations leave them: plain columns, no managers, no save() of their own."""
    return MigrationExecutor(connections[alias]).loader.project_state(list(migrations)).apps


def dump_rows(model: type[models.Model], alias: str) -> Iterator[list[str]]:
    """Give the rows of a model as lines, a list at a time; the first line names the columns."""
    if model._meta.label_lower in LEFT_OUT:
        return
    fields = model._meta.concrete_fields
    yield [json.dumps([field.attname for field in fields])]
    rows: Iterator[models.Model] = QuerySet(model, using=alias).order_by("pk").iterator(chunk_size=AT_ONCE)
    for some in _batched(rows):
        yield [json.dumps([_text(field, row) for field in fields], ensure_ascii=False) for row in some]


def load_rows(model: type[models.Model], lines: Iterable[str], alias: str) -> int:
    """Write lines back as rows, every value as it was; return how many."""
    lines = iter(lines)
    columns = json.loads(next(lines))
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[column] for column in columns]
    count = 0
    for some in _batched(lines):
        objects = [model(**_values(fields, json.loads(line))) for line in some]
        for part in _batched(objects, connections[alias].ops.bulk_batch_size(fields, objects)):
            # Raw: a date that is set at every save, and text that is cleaned at every save, stay as they were.
            query = InsertQuery(model)
            query.insert_values(fields, list(part), raw=True)
            query.get_compiler(using=alias).execute_sql()
        count += len(some)
    return count


def _batched(items: Iterable[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    items = iter(items)
    while some := list(islice(items, size)):  # itertools.batched came with Python 3.12
        yield some


def _text(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    return None if getattr(row, field.attname) is None else field.value_to_string(row)


def _values(fields: "list[models.Field[Any, Any]]", values: list[Any]) -> dict[str, Any]:
    pairs = zip(fields, values, strict=True)
    return {field.attname: None if value is None else field.to_python(value) for field, value in pairs}
