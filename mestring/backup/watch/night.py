"""A night's work after the backup is written: check it, copy it away, delete old ones, note what came of it."""

from pathlib import Path

from contact.crypto.site_signature import NotSigned
from mestring.backup.watch.copying import copy_away
from mestring.backup.watch.folder import is_shrunk, prune
from mestring.backup.watch.models import BackupNight, Fault
from mestring.backup.watch.receipt import digest_of, read_receipt

NOTED = 400  # nights
BAD = {Fault.FAILED, Fault.UNSIGNED, Fault.CHANGED, Fault.NO_ROWS}  # such a file would take a good one's place


def finish_night(backup: Path, *, made: bool) -> tuple[BackupNight, dict[str, bool]]:
    """Note the night; return it, and what each copying program has done.

    `made` says whether the backup ended without a fault. After a night with a fault the older ones all stay.
    """
    night, copied = BackupNight(), {}
    night.faults = check(backup, night) if backup.is_file() else [Fault.FAILED]
    if backup.is_file() and not made:
        night.faults.append(Fault.INCOMPLETE)
    if not BAD & set(night.faults):
        copied = copy_away(backup)
        night.copies = sum(copied.values())
        if not all(copied.values()):
            night.faults.append(Fault.NOT_COPIED)
    if copied:  # a program can take the file away, or change it
        after = check(backup, night) if backup.is_file() else [Fault.CHANGED]
        night.faults += [fault for fault in after if fault not in night.faults]
    if not night.faults:
        prune(backup.parent, backup)
    night.save()
    for old in BackupNight.objects.order_by("-at")[NOTED:]:
        old.delete()
    return night, copied


def check(backup: Path, night: BackupNight) -> list[str]:
    """Read the file back from the disk; return what is wrong with it."""
    night.size = backup.stat().st_size
    try:
        receipt = read_receipt(backup)
    except NotSigned:
        return [Fault.UNSIGNED]
    night.rows = receipt.rows
    found: list[str] = []
    if night.size != receipt.size or digest_of(backup) != receipt.sha256:
        found.append(Fault.CHANGED)
    if not receipt.rows:
        found.append(Fault.NO_ROWS)
    if is_shrunk(backup):
        found.append(Fault.SHRUNK)
    return found
