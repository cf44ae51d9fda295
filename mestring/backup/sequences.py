"""The number that each table gives out next: never one that it has given out before.

Histories name rows by number: who did what in the inbox (access log), and what was done to a page. When a
restored table counts on from the largest number that is left, a new colleague gets a former colleague's number,
and history.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.models import Max
from django.db.models.query import QuerySet

from contact.models import AccessEntry

_before: dict[str, dict[str, int]] = {}  # by database: what a running `migrate` found


def remember_before_migrate(using: str, plan: Any = (), **_signal: Any) -> None:
    """Remember the numbers before `migrate`: SQLite makes a table anew to change it, and forgets them."""
    if plan and connections[using].vendor == "sqlite":
        _before[using] = read_sequences(apps.get_models(include_auto_created=True), using)


def raise_after_migrate(using: str, **_signal: Any) -> None:
    """Count on from the numbers that were remembered."""
    tables = set(connections[using].introspection.table_names()) if using in _before else set()
    numbers = _before.pop(using, {})
    for model in filter(_counts, apps.get_models(include_auto_created=True)):
        if (number := numbers.get(model._meta.label_lower)) and model._meta.db_table in tables:
            _set_sequence(model, number, using)


def read_sequences(tables: Iterable[type[models.Model]], alias: str) -> dict[str, int]:
    """Return the newest number that each table has given out, by the model's label."""
    numbers = {}
    for model in filter(_counts, tables):
        with connections[alias].cursor() as cursor:
            if connections[alias].vendor == "sqlite":
                cursor.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'")
                if cursor.fetchone() is None:
                    return {}  # before the first `migrate`
                cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            elif name := _sequence_of(cursor, model):
                cursor.execute("SELECT pg_sequence_last_value(%s::regclass)", [name])  # NULL: none yet
            if (row := cursor.fetchone()) and row[0]:
                numbers[model._meta.label_lower] = row[0]
    return numbers


def raise_sequences(tables: list[type[models.Model]], numbers: dict[str, int], alias: str) -> None:
    """Let no table give out a number up to these, nor the number of a colleague whom the access log knows."""
    users = AccessEntry.objects.using(alias).aggregate(largest=Max("user_id"))["largest"] or 0
    count_on(tables, numbers | {"auth.user": max(users, numbers.get("auth.user", 0))}, alias)


def count_on(tables: list[type[models.Model]], numbers: dict[str, int], alias: str) -> None:
    """Let no table give out a number up to these, nor one that a row of it has."""
    for model in filter(_counts, tables):
        largest = QuerySet(model, using=alias).aggregate(largest=Max("pk"))["largest"] or 0
        if number := max(largest, numbers.get(model._meta.label_lower, 0)):
            _set_sequence(model, number, alias)


def _set_sequence(model: type[models.Model], number: int, alias: str) -> None:
    table = model._meta.db_table
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor != "sqlite":
            if name := _sequence_of(cursor, model):
                cursor.execute("SELECT setval(%s, GREATEST(%s, nextval(%s)))", [name, number, name])
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [number, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])


def _counts(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField)


def _sequence_of(cursor, model: type[models.Model]) -> str | None:
    quoted = cursor.db.ops.quote_name(model._meta.db_table)
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted, model._meta.pk.column])
    return cursor.fetchone()[0]
