"""How much room the disk of DATA_DIR has left: SQLite's file lies there, and the pictures."""

import shutil

from django.conf import settings

FULL, LITTLE = 10, 500  # megabytes: a few inquiries fit into the first, days of work into the second


def free_megabytes() -> int:
    """Return what the site's own user may still write."""
    return shutil.disk_usage(settings.DATA_DIR).free // 1_000_000
