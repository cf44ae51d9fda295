"""The folder of the nightly backups: which lie there, oldest first, and which are old enough to go."""

import re
from pathlib import Path

from django.utils import timezone

from mestring.backup.watch.receipt import receipt_file

KEPT = 30
SHRUNK = 0.5  # of the one before
NIGHTLY = re.compile(r"\d{4}-\d\d-\d\dT\d{4}\.backup")


def backups_in(folder: Path) -> list[Path]:
    """Return all backups there, the newest last."""
    return sorted(folder.glob("*.backup"), key=lambda path: path.stat().st_mtime)


def name_of_tonight() -> str:
    """Return the name of a backup that is made now."""
    return f"{timezone.localtime():%Y-%m-%dT%H%M}.backup"


def is_shrunk(newest: Path) -> bool:
    """Say whether it is less than half the size of the one before: pictures may be missing, or much was erased."""
    before = [path for path in backups_in(newest.parent) if path != newest]
    return bool(before) and newest.stat().st_size < SHRUNK * before[-1].stat().st_size


def prune(folder: Path) -> None:
    """Delete all but the newest nights' backups. What an operator wrote there under another name stays."""
    nightly = [path for path in backups_in(folder) if NIGHTLY.fullmatch(path.name)]
    for path in nightly[:-KEPT]:
        path.unlink()
        receipt_file(path).unlink(missing_ok=True)
