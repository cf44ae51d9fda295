"""The database as it is at one moment, read without holding up anybody who writes."""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

ALIAS = "backup_snapshot"
FORGOTTEN = 3600  # seconds; no backup takes that long


@contextmanager
def snapshot() -> Iterator[str]:
    """Give the name of a connection that sees one moment of the database, whatever is written meanwhile.

    SQLite is copied first: reading it row by row would keep its writers waiting much longer than copying the
    file. PostgreSQL keeps the moment.
    """
    for left in Path(settings.DATA_DIR).glob("backup-*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > FORGOTTEN:
            shutil.rmtree(left)  # of a backup that was killed; it may hold what is erased since
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="backup-") as folder:
        taken = connections.create_connection(DEFAULT_DB_ALIAS)
        taken.alias = ALIAS
        connections[ALIAS] = taken
        try:
            if taken.vendor == "sqlite":
                taken.settings_dict = taken.settings_dict | {"NAME": str(_copied(Path(folder)))}
            with taken.cursor() as cursor:
                if taken.vendor == "postgresql":
                    cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield ALIAS
        finally:
            taken.close()
            del connections[ALIAS]


def _copied(folder: Path) -> Path:
    # Through Django's own connection: in tests the database may have no file of its own.
    source = connections[DEFAULT_DB_ALIAS]
    source.ensure_connection()
    with closing(sqlite3.connect(folder / "snapshot.sqlite3")) as copy:
        source.connection.backup(copy)
    return folder / "snapshot.sqlite3"
