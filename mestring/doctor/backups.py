"""The backups in BACKUP_DIR as they lie there now, and the drill. What a night has noted, /readyz says already."""

import time
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from mestring.backup.watch.drills import is_drill_due, last_drill
from mestring.backup.watch.folder import backups_in, is_shrunk
from mestring.backup.watch.state import LATE
from mestring.doctor.finding import Finding, Findings


class Backup(NamedTuple):
    """When a backup was finished, in seconds since 1970, and its bytes."""

    made_at: float
    size: int


def made_backups() -> list[Backup]:
    """Return the backups in BACKUP_DIR, the newest last; none where there is no such folder."""
    if not settings.BACKUP_DIR:
        return []
    found = [path.stat() for path in backups_in(Path(settings.BACKUP_DIR))]
    return [Backup(one.st_mtime, one.st_size) for one in found]


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
        yield Finding("There is no backup.", "manage.py nightly_backup, and look at the nightly timer.")
        return
    if (age := time.time() - made[-1].made_at) > LATE.total_seconds():
        mend = "Look at the nightly timer, and at what its last run said."
        yield Finding(f"The newest backup is {age / 3600:.0f} hours old.", mend)
    if is_shrunk(backups_in(folder)[-1]):
        mend = "Are pictures missing, or was much erased? Keep the earlier backups until that is known."
        yield Finding("The newest backup is less than half the size of the one before.", mend)


def drill() -> Findings:
    """Look for a restoring drill of the last half year: a backup that was never restored may be none."""
    if settings.BACKUP_DIR and is_drill_due():
        done_on = last_drill()
        mend = "Restore one on another machine (docs/operators.md), then: manage.py note_drill --who NAME"
        when = f"was on {done_on}" if done_on else "was never noted"
        yield Finding(f"The last restoring drill {when}.", mend)
