"""What this release consists of, read once, and what the database has of it."""

from functools import cache

from django.contrib.staticfiles.finders import get_finders
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@cache
def static_names() -> frozenset[str]:
    """Return the names of this release's static files."""
    found = [
        (getattr(storage, "prefix", ""), name) for finder in get_finders() for name, storage in finder.list([])
    ]
    return frozenset(f"{prefix}/{name}" if prefix else name for prefix, name in found)


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations of this release."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def applied_migrations() -> set[tuple[str, str]]:
    """Return the migrations that the database has."""
    return set(MigrationRecorder(connection).applied_migrations())


def count_missing_migrations() -> int:
    """Return how many migrations of this release the database lacks."""
    return len(known_migrations() - applied_migrations())


def newer_migrations(applied: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the applied migrations of our own apps that this release does not know."""
    ours = {app for app, _name in known_migrations()}
    return {node for node in applied - known_migrations() if node[0] in ours}
