"""A queue for writers to SQLite: each gets its turn, so that none waits much longer than the others.

A writer that finds SQLite busy tries again after longer and longer pauses, and a writer that comes later may get
in first: with sixteen at once, the unluckiest waited longer than a second. The queue is a lock on a file beside
the database. The operating system releases the lock when its process dies.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection

PAUSE = 0.004  # seconds between two tries
# Seconds. After them SQLite itself decides: a stuck queue must end in a 503, not in a request that never returns.
PATIENCE = 10.0


@contextmanager
def write_turn() -> Iterator[None]:
    """Wait for a turn to write. Without a queue, as on a full disk or on PostgreSQL, do not wait."""
    database: Any = connection
    with ExitStack() as stack:
        if database.vendor == "sqlite" and not database.is_in_memory_db():
            with suppress(OSError):
                queue = Path(f"{database.settings_dict['NAME']}.turn")
                _wait_for(stack.enter_context(queue.open("ab")).fileno())
        yield


def _wait_for(file: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE)
        else:
            return
