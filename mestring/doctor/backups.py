"""The backups in BACKUP_DIR: whether the newest is of this day, and not much smaller than the one before."""

import time
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from mestring.doctor.finding import Finding, Findings

OLDEST = 26 * 3600  # seconds: made nightly, and a night may take two hours longer
SHRUNK = 0.5  # of the one before


class Backup(NamedTuple):
    """When a backup was finished, in seconds since 1970, and its bytes."""

    made_at: float
    size: int


def made_backups() -> list[Backup]:
    """Return the backups in BACKUP_DIR, the newest last; none where there is no such folder."""
    if not settings.BACKUP_DIR:
        return []
    found = [path.stat() for path in Path(settings.BACKUP_DIR).glob("*.backup")]
    return sorted(Backup(one.st_mtime, one.st_size) for one in found)


def backups() -> Findings:
    """Look for a backup that is missing, old, cut short or much smaller than the one before."""
    if not settings.BACKUP_DIR:
        yield Finding(
            "It is not known where backups lie.", "Set BACKUP_DIR to the folder that they are written to."
        )
        return
    folder = Path(settings.BACKUP_DIR)
    if not folder.is_dir():
        yield Finding("The folder of the backups is not there.", f"Make {folder}, or mount its disk.")
        return
    for part in folder.glob("*.part"):
        if time.time() - part.stat().st_mtime > 3600:
            yield Finding("A backup was cut short.", f"Look why in the log of the backup, and delete {part}.")
    made = made_backups()
    if not made:
        yield Finding(
            "There is no backup.", f"manage.py backup {folder}/FILE.backup, and look at the nightly timer."
        )
        return
    newest = made[-1]
    if (age := time.time() - newest.made_at) > OLDEST:
        mend = "Look at the nightly timer, and at what its last run said."
        yield Finding(f"The newest backup is {age / 3600:.0f} hours old.", mend)
    if len(made) > 1 and newest.size < SHRUNK * made[-2].size:
        mend = "Are pictures missing, or was much erased? Keep the earlier backups until that is known."
        yield Finding("The newest backup is less than half the size of the one before.", mend)
