"""What the database held before an upgrade, to go back to; a local copy, which its owner alone can read."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from deploy.debian import layout
from deploy.debian.database import DATABASE, OWNER, psql
from deploy.debian.machine import folder, run

FILE = layout.DATA / "site.sqlite3"
KEPT = 3


def take_snapshot(kind: str) -> Path:
    """Copy the database, which nothing writes to, and return the copy."""
    is_file = kind == "sqlite"
    owner = layout.USER if is_file else "postgres"
    where = layout.SNAPSHOTS / kind
    folder(layout.SNAPSHOTS, mode=0o711)
    folder(where, owner=owner, mode=0o700)
    copy = where / time.strftime("%Y-%m-%dT%H%M%S")
    if is_file:
        with (
            closing(sqlite3.connect(f"file:{FILE}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as to,
        ):
            source.backup(to)
        copy.chmod(0o600)
        shutil.chown(copy, owner, owner)
    else:
        run("pg_dump", "--format=custom", f"--file={copy}", DATABASE, user=owner)
    for old in sorted(where.iterdir())[:-KEPT]:
        old.unlink()
    return copy


def put_back(copy: Path, kind: str) -> None:
    """Let the database be what it was. Processes may read the other one until they are restarted."""
    if kind == "sqlite":
        beside = FILE.with_suffix(".putting-back")
        shutil.copy(copy, beside)
        shutil.chown(beside, layout.USER, layout.USER)
        beside.chmod(0o600)
        for ending in ("-journal", "-wal", "-shm"):
            FILE.with_name(FILE.name + ending).unlink(missing_ok=True)
        beside.replace(FILE)
        return
    # Restored beside the other and then renamed: a restore that fails half-way has taken nothing away.
    fresh, failed = f"{DATABASE}_fresh", f"{DATABASE}_failed"
    psql(f"DROP DATABASE IF EXISTS {fresh}")
    psql(f"CREATE DATABASE {fresh} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'")
    run("pg_restore", "--exit-on-error", f"--dbname={fresh}", copy, user="postgres")
    psql(f"DROP DATABASE IF EXISTS {failed} WITH (FORCE)")
    psql(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false")
    psql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}'")
    psql(f"ALTER DATABASE {DATABASE} RENAME TO {failed}")
    psql(f"ALTER DATABASE {fresh} RENAME TO {DATABASE}")
    psql(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC; GRANT CONNECT ON DATABASE {DATABASE} TO {layout.USER}")
