"""Pages that many tests begin with, made once by each process of the tests and put in as rows afterwards.

Making a page through the use cases takes some 20 ms, all starter pages take two seconds; their rows take a few
milliseconds.
"""

from collections.abc import Callable, Hashable

import time_machine
from django.apps import apps
from django.db import connection
from django.utils import timezone

from pages.models import Page
from pages.starter.loader import load

Rows = dict[str, list[tuple]]
_kept: dict[Hashable, Rows] = {}


def put(name: str, make: Callable[[], object]) -> None:
    """Give the site the rows that `make` wrote when this process first asked for this name.

    They are kept for tests that stopped the clock at the same time, and had the same pages by then.
    """
    clock = timezone.now() if time_machine.escape_hatch.is_travelling() else None
    key = (name, clock, *Page.objects.order_by("pk").values_list("pk", flat=True))
    if key not in _kept:
        before = _all_rows()
        _number_above_the_tests_own(before)
        make()
        new = {table: [row for row in rows if row not in before[table]] for table, rows in _all_rows().items()}
        _kept[key] = {table: rows for table, rows in new.items() if rows}
        return
    with connection.cursor() as cursor:
        for table, rows in _kept[key].items():
            row = f"({', '.join(['%s'] * len(rows[0]))})"
            values = [value for one in rows for value in one]
            cursor.execute(f"INSERT INTO {table} VALUES {', '.join([row] * len(rows))}", values)


def starter_pages() -> None:
    """Put in all starter pages, with what they say about the clinic."""
    put("starter", load)


def _number_above_the_tests_own(tables: Rows) -> None:
    """Leave the small numbers to tests that name them. PostgreSQL's sequences go on from whatever ran before."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in tables:
            for sequence in connection.introspection.get_sequences(cursor, table):
                cursor.execute("SELECT setval(%s, greatest(nextval(%s), 1000))", [sequence["name"]] * 2)


def _all_rows() -> Rows:
    models = apps.get_app_config("pages").get_models(include_auto_created=True)
    tables = [model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy]
    return {table: _all_of(table) for table in tables}


def _all_of(table: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return cursor.fetchall()
