"""How the database is set so that what was acknowledged is on disk. Reasons: docs/decisions.md."""

import sqlite3
from typing import Any

# SQLite before 3.51.3 can lose a write when the write-ahead log is reset while another process reads
# (https://sqlite.org/wal.html, "WAL-reset bug"): there the rollback journal with EXTRA is used.
WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
JOURNAL_MODE = "wal" if WAL_IS_SAFE else "delete"
SYNCHRONOUS = "FULL" if WAL_IS_SAFE else "EXTRA"

SQLITE_OPTIONS = {
    "timeout": 20,
    # A transaction that reads first and writes later must not find the database taken half-way.
    "transaction_mode": "IMMEDIATE",
    "init_command": f"PRAGMA synchronous={SYNCHRONOUS}; PRAGMA secure_delete=ON; PRAGMA cache_size=-16000",
}

# A server that cannot be reached, or a table that somebody else keeps locked, must become an honest 503 with the
# phone number, as with SQLite's timeout, and not a page that never comes.
POSTGRESQL_OPTIONS = {"connect_timeout": 5, "options": "-c lock_timeout=20s"}


def knows_json(connection: Any, **_signal: Any) -> None:
    """Say that SQLite knows JSON, when a connection is made; a receiver of `connection_created`.

    Django finds out by asking. Should the database be locked just then, it would take that for a no, and
    for the life of the process no page would have facts: no helplines, no claims, a demo banner.
    """
    if connection.vendor == "sqlite":
        connection.features.supports_json_field = True
