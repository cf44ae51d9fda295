"""Rows as lines of text, the same from SQLite and PostgreSQL, and back, past all rules of the models."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.models.query import QuerySet
from django.db.models.sql import InsertQuery

ROWS_IN_MEMORY = 2_000
# Rows that matter for an hour of a running site only, or would reveal which network sent an inquiry.
LEFT_OUT = {
    "sessions.session", "contact.unlocked", "contact.unlocktries", "contact.throttlekey", "contact.throttlecount",
    "contact.logintries", "contact.heartbeat", "contact.verification", "pages.preview", "pages.formopening",
    "staff.usedcode", "staff.accountmail", "staff.fault", "backup.backupnight",
}  # fmt: skip


def stored_models(apps: Apps) -> list[type[models.Model]]:
    """Return every model that has a table, many-to-many tables included, in the order of their labels."""
    every = apps.get_models(include_auto_created=True)
    return sorted((m for m in every if not m._meta.proxy and m._meta.managed), key=lambda m: m._meta.label_lower)


def historical_models(alias: str, migrations: Iterable[tuple[str, str]]) -> Apps:
    """Return the models as these migrations leave them: plain columns, without managers or their own save()."""
    return MigrationExecutor(connections[alias]).loader.project_state(list(migrations)).apps


def dump_rows(model: type[models.Model], alias: str) -> Iterator[list[str]]:
    """Yield the rows of a model as lists of lines; the first line names the columns."""
    if model._meta.label_lower in LEFT_OUT:
        return
    fields = model._meta.concrete_fields
    yield [json.dumps([field.attname for field in fields])]
    rows: Iterator[models.Model] = QuerySet(model, using=alias).order_by("pk").iterator(chunk_size=ROWS_IN_MEMORY)
    for batch in _batches(rows):
        yield [json.dumps([_text(field, row) for field in fields], ensure_ascii=False) for row in batch]


def load_rows(model: type[models.Model], lines: Iterable[str], alias: str) -> int:
    """Insert lines as rows with every value as it was; return how many.

    `bulk_create` is refused: it calls each field's `pre_save`, which would set dates anew and clean texts once
    more. InsertQuery is the private API below it that takes values as they are.
    """
    lines = iter(lines)
    columns = json.loads(next(lines))
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[column] for column in columns]
    count = 0
    for batch in _batches(lines):
        objects = [model(**_values(fields, json.loads(line))) for line in batch]
        for part in _batches(objects, connections[alias].ops.bulk_batch_size(fields, objects)):
            query = InsertQuery(model)
            query.insert_values(fields, list(part), raw=True)
            query.get_compiler(using=alias).execute_sql()
        count += len(batch)
    return count


def _batches(items: Iterable[Any], size: int = ROWS_IN_MEMORY) -> Iterator[list[Any]]:
    items = iter(items)
    while batch := list(islice(items, size)):  # itertools.batched came with Python 3.12
        yield batch


def _text(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    return None if getattr(row, field.attname) is None else field.value_to_string(row)


def _values(fields: "list[models.Field[Any, Any]]", values: list[Any]) -> dict[str, Any]:
    pairs = zip(fields, values, strict=True)
    return {field.attname: None if value is None else field.to_python(value) for field, value in pairs}
