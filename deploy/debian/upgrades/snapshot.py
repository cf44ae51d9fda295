"""What the database held before an upgrade, to go back to; a local copy, which its owner alone can read."""

import time
from pathlib import Path

from deploy.debian import layout, services
from deploy.debian.database import DATABASE, OWNER, give_rights, psql
from deploy.debian.machine import folder, run

FILE = layout.DATA / "site.sqlite3"
KEPT = 3
COPY = """
import sqlite3, sys
source, copy = sys.argv[1:]
open(copy, "x").close()
to = sqlite3.connect(copy)
sqlite3.connect(f"file:{source}?mode=ro", uri=True).backup(to)
to.close()
"""


def take_snapshot(kind: str) -> Path:
    """Copy the database, which nothing writes to, and return the copy."""
    is_file = kind == "sqlite"
    owner = layout.USER if is_file else "postgres"
    where = layout.SNAPSHOTS / kind
    folder(layout.SNAPSHOTS, mode=0o711)
    folder(where, owner=owner, mode=0o700)
    copy = where / time.strftime("%Y-%m-%dT%H%M%S")
    if is_file:
        run("/usr/bin/python3", "-I", "-c", COPY, FILE, copy, user=owner)
    else:
        run("pg_dump", "--format=custom", f"--file={copy}", DATABASE, user=owner)
    for old in sorted(where.iterdir())[:-KEPT]:
        old.unlink()
    return copy


def put_back(copy: Path, kind: str) -> None:
    """Let the database be what it was. Processes may read the other one until they are restarted."""
    if kind == "sqlite":
        beside = FILE.with_suffix(".putting-back")
        run("cp", "--remove-destination", copy, beside, user=layout.USER)
        for ending in ("-journal", "-wal", "-shm"):
            FILE.with_name(FILE.name + ending).unlink(missing_ok=True)
        beside.replace(FILE)
        return
    # Restored beside the other and then renamed: a restore that fails half-way has taken nothing away.
    fresh, failed = f"{DATABASE}_fresh", f"{DATABASE}_failed"
    psql(f"DROP DATABASE IF EXISTS {fresh}")
    psql(f"CREATE DATABASE {fresh} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'")
    run("pg_restore", "--exit-on-error", f"--dbname={fresh}", copy, user="postgres")
    give_rights(fresh)
    psql(f"DROP DATABASE IF EXISTS {failed} WITH (FORCE)")
    # A page half-way would lose its database. Visitors wait at the socket; the start that one of them may bring
    # about takes longer than the renaming.
    services.stop_web()
    try:
        psql(f"""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}';
            BEGIN;
            ALTER DATABASE {DATABASE} RENAME TO {failed};
            ALTER DATABASE {fresh} RENAME TO {DATABASE};
            COMMIT;
        """)
    finally:
        services.restart_web()
