"""Whose each folder is, and who else reads what lies there. Repeated at each installation, upgrade and restore.

The site's user owns data and keys. The delivery process is a user of its own on PostgreSQL, in the site's group:
it passes through those folders, reads the files whose rights say so, and owns what it alone writes. On SQLite both
write the same file, so they are one user; the deliverer's key is root's alone either way.
"""

from deploy.debian import layout
from deploy.debian.machine import folder, give, make_user, run

# What both read, by the site's group; the program makes them so, and copies put back by hand are often narrower.
SHARED_KEYS = ("inbox_fingerprints", "backup_signing.key")
SHARE = """
for key in "$@"; do [ ! -f "$key" ] || chmod 640 "$key"; done
for pictures in media static; do [ ! -d "$pictures" ] || chmod -R g+rX "$pictures"; done
"""
MOVE = '[ ! -f "$1" ] || { mv "$1" "$2"; chmod 640 "$2"; }'
OPEN = '[ ! -f "$1" ] || chmod 640 "$1"'


def deliverer(database: str) -> str:
    """Return the user of the delivery process."""
    return layout.DELIVERER if database == "postgresql" else layout.USER


def set_rights(database: str) -> None:
    """Make users and folders, and give each its rights, also where they were there."""
    make_user(layout.USER)
    apart = deliverer(database) != layout.USER
    if apart:
        make_user(layout.DELIVERER, group=layout.USER)
    for path in (layout.CODE, layout.CONFIGURATION):
        folder(path)
    folder(layout.STATE, mode=0o711)
    for path in (layout.DATA, layout.KEYS):
        folder(path, owner=layout.USER, mode=0o710 if apart else 0o700)
    folder(layout.BACKUPS, owner=layout.USER, mode=0o700)
    folder(layout.ERASED, owner=deliverer(database), mode=0o770 if apart else 0o700)
    folder(layout.HEADS, owner=deliverer(database), mode=0o750 if apart else 0o700)
    folder(layout.EMERGENCY, owner=deliverer(database))
    _share(deliverer(database))


def _share(user: str) -> None:
    """Let the site and the delivery process read what both need. Each file is touched as a user who owns it."""
    run(
        "sh",
        "-c",
        SHARE,
        "sh",
        *(layout.KEYS / name for name in SHARED_KEYS),
        user=layout.USER,
        cwd=str(layout.DATA),
    )
    name = "erased-inquiries.txt"
    run("sh", "-c", MOVE, "sh", layout.DATA / name, layout.ERASED / name, user=layout.USER)  # where it lay before
    if (heads := layout.HEADS / "audit_heads").exists():
        give(heads, user)
        run("sh", "-c", OPEN, "sh", heads, user=user)
