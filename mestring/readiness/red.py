"""What keeps this machine from showing pages or storing inquiries."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection

from mestring import disk_room
from mestring.readiness.this_release import (
    applied_migrations,
    count_missing_migrations,
    newer_migrations,
    static_names,
)

Reasons = Iterator[str]


def static_files() -> Reasons:
    """Look for static files that the pages of this release name, and that were not collected."""
    collected = getattr(staticfiles_storage, "hashed_files", None)  # tests read the source files
    if collected is not None and (missing := len(static_names() - set(collected))):
        yield f"{missing} static files are missing; run collectstatic and restart"


def migrations() -> Reasons:
    """Look for migrations that the database lacks: the code would ask for columns that are not there."""
    if missing := count_missing_migrations():
        yield f"the database lacks {missing} migrations; run migrate"
    elif newer_migrations(applied_migrations()):
        yield from unfit_tables()


def unfit_tables() -> Reasons:
    """Look for tables of newer code that this code cannot read, or cannot write a row to."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            ours = {field.column for field in model._meta.concrete_fields}
            described = connection.introspection.get_table_description(cursor, table)
            theirs = {column.name for column in described}
            must_fill = {column.name for column in described if not column.null_ok and column.default is None}
            if ours - theirs or must_fill - ours:
                yield f"the table {table} is of newer code; put that code back"


def room() -> Reasons:
    """Look for a disk without room, on which SQLite stores nothing more."""
    if connection.vendor == "sqlite" and (left := disk_room.free_megabytes()) < disk_room.FULL:
        yield f"the disk of DATA_DIR is full ({left} MB left)"


RED: tuple[Callable[[], Reasons], ...] = (static_files, migrations, room)
