"""Pages that many tests begin with, made once by each process of the tests and put in as rows afterwards.

Making a page through the use cases takes some 20 ms, all starter pages take seconds; their rows take milliseconds.
"""

from collections.abc import Callable

from django.apps import apps
from django.db import connection

from pages.models import Page
from pages.starter.loader import load

_kept: dict[str, dict[str, list[tuple]]] = {}


def put(name: str, make: Callable[[], object]) -> None:
    """Give an empty site the rows that `make` wrote when this process first asked for this name."""
    assert not Page.objects.exists()
    if name not in _kept:
        make()
        _kept[name] = {table: rows for table in _tables() if (rows := _all_of(table))}
        return
    with connection.cursor() as cursor:
        for table, rows in _kept[name].items():
            row = f"({', '.join(['%s'] * len(rows[0]))})"
            values = [value for one in rows for value in one]
            cursor.execute(f"INSERT INTO {table} VALUES {', '.join([row] * len(rows))}", values)


def starter_pages() -> None:
    """Put in all starter pages, with what they say about the clinic."""
    put("starter", load)


def _tables() -> list[str]:
    models = apps.get_app_config("pages").get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy]


def _all_of(table: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return cursor.fetchall()
