"""The databases of running sites: a file in the site's folder, or one on the PostgreSQL of TEST_DATABASE_URL.

The tests remove everything they made there when they end.
"""

import hashlib
import os
import shutil
import urllib.parse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

CLUSTER = os.environ.get("TEST_DATABASE_URL", "")
ON_POSTGRESQL = CLUSTER.startswith("postgres")


def _name(folder: Path) -> str:
    # SITE_DATABASES is of this run, see environment.py: two runs may share one cluster.
    return os.environ["SITE_DATABASES"] + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def _file(folder: Path) -> Path:
    return folder / "site.sqlite3"


def url_of(folder: Path) -> str:
    """What DATABASE_URL is for a site in this folder."""
    if not ON_POSTGRESQL:
        return f"sqlite:///{_file(folder)}"
    return urllib.parse.urlsplit(CLUSTER)._replace(path=f"/{_name(folder)}").geturl()


def _say(statement: str) -> list[Any]:
    import psycopg

    with psycopg.connect(CLUSTER, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def make(folder: Path, *, like: Path | None = None) -> None:
    """Make the database of a folder: empty, or like another folder's."""
    if ON_POSTGRESQL:
        _say(f'CREATE DATABASE "{_name(folder)}" TEMPLATE "{_name(like) if like else "template0"}"')
    elif like:
        folder.mkdir(exist_ok=True)
        shutil.copy(_file(like), _file(folder))


def put_back(folder: Path, *, like: Path) -> None:
    """Give a site that runs what another folder's file holds, as one write beside its own (SQLite)."""
    import sqlite3

    with (
        closing(sqlite3.connect(_file(like))) as source,
        closing(sqlite3.connect(_file(folder), timeout=20)) as target,
    ):
        source.backup(target)


@contextmanager
def as_test_database(folder: Path) -> Iterator[None]:
    """Give Django a copy of a folder's database when it makes the one of this process's own tests."""
    from django.db import connection

    if ON_POSTGRESQL:
        connection.settings_dict["TEST"]["TEMPLATE"] = _name(folder)
        yield
        return
    import sqlite3

    name = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(name, uri=True)) as kept, closing(sqlite3.connect(_file(folder))) as migrated:
        migrated.backup(kept)
        yield  # in memory, it lasts as long as a connection to it


@contextmanager
def opened(folder: Path) -> Iterator[Any]:
    """A connection of the test's own, to do what the site never would; `execute` works on both databases."""
    if ON_POSTGRESQL:
        import psycopg

        with psycopg.connect(url_of(folder)) as connection:
            yield connection
    else:
        import sqlite3

        with closing(sqlite3.connect(_file(folder), timeout=20)) as connection, connection:
            yield connection


def ask(folder: Path, statement: str) -> list[Any]:
    """Return the rows of a statement, or nothing where it gives none."""
    with opened(folder) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def away(folder: Path) -> Iterator[None]:
    """While the block runs, the database of a folder is not there."""
    if ON_POSTGRESQL:
        _say(f'ALTER DATABASE "{_name(folder)}" ALLOW_CONNECTIONS false')
        cut(folder)
        yield
        _say(f'ALTER DATABASE "{_name(folder)}" ALLOW_CONNECTIONS true')
    else:
        hidden = _file(folder).rename(folder / "away.sqlite3")
        yield
        hidden.replace(_file(folder))  # an empty one that was made meanwhile is no loss


def cut(folder: Path) -> int:
    """Cut every connection to a folder's database on PostgreSQL; return how many there were."""
    return len(_say(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name(folder)}'"
    ))  # fmt: skip


def drop_all() -> None:
    """Remove every database of this run."""
    mark = os.environ["SITE_DATABASES"]
    for (name,) in _say(f"SELECT datname FROM pg_database WHERE starts_with(datname, '{mark}')"):
        _say(f'DROP DATABASE "{name}" WITH (FORCE)')
