"""The folder of the nightly backups: which lie there, oldest first, and which are old enough to go."""

import re
import time
from contextlib import suppress
from pathlib import Path

from django.utils import timezone

from contact.crypto.site_signature import NotSigned
from mestring.backup.watch.receipt import read_receipt, receipt_file

KEPT = 30
SHRUNK = 0.5  # of the one before
NIGHTLY = re.compile(r"\d{4}-\d\d-\d\dT\d{4}\.backup")


def backups_in(folder: Path) -> list[Path]:
    """Return all backups there, the newest last. A time still to come is a wrong clock's, and counts as none."""
    now = time.time()
    made = {}
    for path in folder.glob("*.backup"):
        with suppress(FileNotFoundError):  # deleted in the moment between
            made[path] = path.stat().st_mtime
    return sorted(made, key=lambda path: (made[path] if made[path] <= now else 0, path.name))


def name_of_tonight() -> str:
    """Return the name of a backup that is made now."""
    return f"{timezone.localtime():%Y-%m-%dT%H%M}.backup"


def is_shrunk(newest: Path) -> bool:
    """Say whether it is less than half the size of the one before: pictures may be missing, or much was erased."""
    before = [path for path in backups_in(newest.parent) if path != newest]
    return bool(before) and newest.stat().st_size < SHRUNK * before[-1].stat().st_size


def prune(folder: Path, tonight: Path) -> None:
    """Delete what is older than the newest nights' backups. What an operator wrote there under another name stays.

    Tonight's stays, whatever the clock says. What bears no receipt of the site, or is not as long as that says, is
    not counted: thirty such files would push every good backup out.
    """
    nightly = [path for path in backups_in(folder) if NIGHTLY.fullmatch(path.name) and path != tonight]
    good = [path for path in nightly if _has_receipt(path)][1 - KEPT :]
    if len(good) < KEPT - 1:
        return
    for path in nightly[: nightly.index(good[0])]:
        path.unlink()
        receipt_file(path).unlink(missing_ok=True)


def _has_receipt(backup: Path) -> bool:
    try:
        return read_receipt(backup).size == backup.stat().st_size
    except NotSigned:
        return False
