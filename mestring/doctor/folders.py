"""The folders: what lies in them that should not, what is missing, and whether there is room."""

from pathlib import Path

from django.conf import settings

from contact.keys import key_holders
from mestring import disk_room
from mestring.doctor.finding import Finding, Findings
from mestring.emergency.age import whole_at

LEAST_FREE = 0.10  # of the disk
LEAST_BYTES = 1_000_000_000


def places() -> Findings:
    """Look for files that are written to and whose folder is gone."""
    for name in ("AUDIT_HEADS", "ERASURE_LIST"):
        path = Path(getattr(settings, name) or settings.KEY_DIR)
        if not path.parent.is_dir():
            yield Finding(
                f"The folder of {name} is not there.", f"Make {path.parent}, or set {name} to another file."
            )


def emergency_edition() -> Findings:
    """Look for copies of the pages that are not made, or that the web server cannot reach."""
    root = settings.EMERGENCY_DIR
    if root is None:
        mend = "Set EMERGENCY_DIR to a folder of its own that nginx can read (docs/operators.md)."
        yield Finding("No copies of the pages are kept for while the site is away.", mend)
    elif whole_at(root) is None:
        mend = (
            "Let the delivery process run for some minutes; then look at its log, whose EMERGENCY_DIR is, and "
            "whether something else lies there."
        )
        yield Finding("The emergency edition was never whole.", mend)
    elif closed := [path for path in (root, *root.parents) if not path.stat().st_mode & 0o001]:
        mend = f"chmod o+x {closed[-1]}, or move EMERGENCY_DIR out of what is private."
        yield Finding("The web server cannot reach the emergency edition.", mend)


def left_behind() -> Findings:
    """Look for secrets that were to be taken away from this machine."""
    if key_holders.paper_file().exists():
        mend = (
            "Print it, prove the print (inbox prove), and delete the file; or let a keyholder have it shown once."
        )
        yield Finding("The recovery paper still lies on this machine.", mend)
    offline = Path(settings.DELIVERER_KEY).parent / "offline-backup.key"
    if settings.DELIVERER_KEY and offline.exists():  # deploy/install makes both in one folder
        mend = f"Take {offline} away to two places, and delete it here: a thief of it opens every backup."
        yield Finding("The private half of the backup key still lies on this machine.", mend)
    if key_holders.server_key_file().exists() and not key_holders.server_holds_a_grant():
        yield Finding(
            "The server's key file is still here, though the inbox was taken from it.", "inbox delete-server-key"
        )


def room() -> Findings:
    """Look for a disk that is nearly full: inquiries and backups could then not be stored."""
    seen = set()
    for place in map(str, filter(None, (settings.DATA_DIR, settings.BACKUP_DIR))):
        if not Path(place).is_dir():
            continue
        device, usage = Path(place).stat().st_dev, disk_room.room_of(place)
        if device not in seen and (usage.free < LEAST_BYTES or usage.free < LEAST_FREE * usage.total):
            yield Finding(
                f"The disk of {place} has {usage.free // 1_000_000} MB left.",
                "Make room: old backups, logs, and what else lies on that disk.",
            )
        seen.add(device)
