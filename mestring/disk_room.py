"""How much room a disk has left: on that of DATA_DIR lie SQLite's file and the pictures."""

import shutil
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

FULL, LITTLE = 10, 500  # megabytes: a few inquiries fit into the first, days of work into the second


class Room(NamedTuple):
    """Bytes of the disk that a folder lies on; free is what the site's own user may still write."""

    total: int
    free: int


def room_of(folder: str | Path) -> Room:
    """Return how large the folder's disk is, and what is left of it."""
    usage = shutil.disk_usage(folder)
    return Room(usage.total, usage.free)


def free_megabytes() -> int:
    """Return what is left on the disk of DATA_DIR."""
    return room_of(settings.DATA_DIR).free // 1_000_000
