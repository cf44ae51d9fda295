"""The database as it is at one moment, read without keeping a writer waiting."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from mestring.backup.work_folder import work_folder

ALIAS = "backup_snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """Yield the alias of a connection that sees one moment of the database, whatever other requests write.

    An SQLite file is copied first, because reading it row by row would keep its writers waiting much longer.
    PostgreSQL gives the moment by itself, in a transaction that repeats its reads.
    """
    with work_folder("backup", Path(settings.DATA_DIR)) as folder:
        taken = connections.create_connection(DEFAULT_DB_ALIAS)
        taken.alias = ALIAS
        connections[ALIAS] = taken
        try:
            if taken.vendor == "sqlite":
                taken.settings_dict = taken.settings_dict | {"NAME": str(_copy(folder))}
            with taken.cursor() as cursor:
                if taken.vendor == "postgresql":
                    cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield ALIAS
        finally:
            taken.close()
            del connections[ALIAS]


def _copy(folder: Path) -> Path:
    # Through Django's connection: in tests the database may be in memory.
    source = connections[DEFAULT_DB_ALIAS]
    source.ensure_connection()
    with closing(sqlite3.connect(folder / "snapshot.sqlite3")) as copy:
        try:
            source.connection.backup(copy)
        except sqlite3.Error as error:
            raise OperationalError("the database could not be copied") from error
    return folder / "snapshot.sqlite3"
