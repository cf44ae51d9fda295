"""Database options, so that an acknowledged inquiry is on disk. Reasons: docs/decisions/."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import make_conninfo, timeout_from_conninfo

# SQLite before 3.51.3 can lose a write when the write-ahead log is reset while another process reads
# (https://sqlite.org/wal.html, "WAL-reset bug"). With such a version the rollback journal with EXTRA is used.
WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
JOURNAL_MODE = "wal" if WAL_IS_SAFE else "delete"
SYNCHRONOUS = "FULL" if WAL_IS_SAFE else "EXTRA"

SQLITE_OPTIONS = {
    "timeout": 20,
    # A transaction that reads first and writes later must not find the database locked half-way.
    "transaction_mode": "IMMEDIATE",
    "init_command": f"PRAGMA synchronous={SYNCHRONOUS}; PRAGMA secure_delete=ON; PRAGMA cache_size=-16000",
}

# When the server cannot be reached, or another connection keeps a table locked, the visitor must get a 503 with
# the phone number, as after SQLite's timeout, and not wait for ever. A machine that is gone, or a firewall that
# drops the connection, sends nothing at all: without these limits Linux notices after a quarter of an hour, and
# until then each thread that asked the database is lost. `silence` is our own (mestring.config.postgresql).
POSTGRESQL_OPTIONS: dict[str, Any] = {
    "connect_timeout": 5,
    "tcp_user_timeout": 15_000,  # milliseconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "options": "-c lock_timeout=20s -c statement_timeout=22s",
    "silence": 25,
    "application_name": "mestring",  # what the server's own list of connections shows
}
# A connection for each request took half of a page's time. Each thread keeps its own, and asks before a request
# whether it still stands, so that a restart of the server costs no visitor a page.
POSTGRESQL_KEPT = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
OUR_NUMBERS = ("conn_max_age", "silence")


def strange_options(options: Iterable[tuple[str, str]]) -> list[str]:
    """Return the names of the options behind DATABASE_URL that PostgreSQL does not know or cannot read."""
    return [name for name, value in options if not _is_known(name, value)]


def _is_known(name: str, value: str) -> bool:
    if name in OUR_NUMBERS:
        return value.isdecimal() and len(value) < 6
    try:
        make_conninfo("", **{name: value})
        timeout_from_conninfo({name: value})
    except ProgrammingError:
        return False
    return True


def with_options(database: dict[str, Any], *, read_only: bool) -> dict[str, Any]:
    """Return the database's settings with our options; what DATABASE_URL says after its question mark wins.

    With `read_only` the database itself refuses every write, as a full disk does, so no code has to think of it.
    """
    if database["ENGINE"].endswith("sqlite3"):
        ours: dict[str, Any] = dict(SQLITE_OPTIONS)
        if read_only:
            # A transaction that begins as a writer would be refused before it has read.
            ours |= {
                "transaction_mode": "DEFERRED",
                "init_command": f"{ours['init_command']}; PRAGMA query_only=ON",
            }
        return database | {"OPTIONS": ours, "CONN_MAX_AGE": 600}
    if database["ENGINE"].endswith("postgresql"):
        options = POSTGRESQL_OPTIONS | database.get("OPTIONS", {})
        if read_only:
            options["options"] += " -c default_transaction_read_only=on"
        return POSTGRESQL_KEPT | database | {"ENGINE": "mestring.config.postgresql", "OPTIONS": options}
    return database


def declare_json_support(connection: Any, **_signal: Any) -> None:
    """Declare that SQLite supports JSON: a receiver of the signal `connection_created`.

    Django asks the database once for each process. If the database is locked at that moment, Django takes the
    error for a no, and every page of the process lacks its facts: no helplines, no claims, a demo banner.
    """
    if connection.vendor == "sqlite":
        connection.features.supports_json_field = True
