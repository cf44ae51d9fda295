"""What operators read of a fault of the backups, in English as /readyz: what is wrong, and what mends it."""

from mestring.backup.watch.models import Fault

LOG = "look at what the backup said: journalctl -u mestringshusene-backup"
FOR_OPERATORS = {
    Fault.FAILED: ("the last nightly backup could not be made", LOG),
    Fault.INCOMPLETE: ("the last nightly backup lacks pictures or the list of erasures", LOG),
    Fault.UNSIGNED: ("the receipt of the last nightly backup is missing, or not the site's", LOG),
    Fault.CHANGED: ("the last nightly backup is not what was written", "look at the disk; keep the earlier ones"),
    Fault.NO_ROWS: ("the last nightly backup holds no rows", "look at DATABASE_URL; keep the earlier ones"),
    Fault.SHRUNK: (
        "the last nightly backup is less than half the size of the one before",
        "are pictures missing, or was much erased? Nothing older is deleted meanwhile",
    ),
    Fault.NOT_COPIED: ("the last nightly backup was not copied away", f"a program failed in backup.d; {LOG}"),
    Fault.LATE: (
        "no nightly backup was noted in the last 26 hours",
        "look at the timer, or run nightly_backup (systemctl start mestringshusene-backup)",
    ),
}
