"""Of two machines that are deployed at once, the second waits for the first.

Two that migrate one database at the same time make the same tables, and one of them ends with an error.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

LOCK = 2_026_113_001  # PostgreSQL knows the lock by a number
PAUSE = 0.5  # seconds between two tries
PATIENCE = 600.0  # seconds; longer than a deployment takes


@contextmanager
def deployment_turn() -> Iterator[None]:
    """Let the block run when no other deployment does. Raises CommandError after PATIENCE.

    Database and operating system release the lock when its process dies.
    """
    with _postgresql_lock() if connection.vendor == "postgresql" else _file_lock():
        yield


@contextmanager
def _postgresql_lock() -> Iterator[None]:
    # A connection of its own, as `migrate` commits on the usual one; in a transaction, since PgBouncer may keep
    # the connection, and with it a lock of the session, when this process is done.
    with closing(connection.copy()) as own, own.cursor() as cursor:
        cursor.execute("BEGIN")
        _wait_for(lambda: cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK]).fetchone()[0])
        yield


@contextmanager
def _file_lock() -> Iterator[None]:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "deploying").open("ab") as file:

        def take() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        _wait_for(take)
        yield


def _wait_for(take: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not take():
        if time.monotonic() >= until:
            raise CommandError(_("Another deployment has not ended. Nothing was done: try again when it has."))
        time.sleep(PAUSE)
