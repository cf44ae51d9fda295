"""Writers to SQLite one after another: whoever stands in line looks again at once.

SQLite lets whoever finds it busy look again after longer and longer pauses, and others who come later go first:
with sixteen at once the unlucky waited longer than a second. A lock on a file is let go when its process dies.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection

PAUSE = 0.004  # seconds between two looks
PATIENCE = 10.0  # then SQLite itself says whether it is free: a line that stands still must end in an honest 503


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn to write. Without a line, as on a full disk or on PostgreSQL, nobody waits."""
    database: Any = connection
    with ExitStack() as stack:
        if database.vendor == "sqlite" and not database.is_in_memory_db():
            with suppress(OSError):
                line = Path(f"{database.settings_dict['NAME']}.turn")
                _wait_for(stack.enter_context(line.open("ab")).fileno())
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
