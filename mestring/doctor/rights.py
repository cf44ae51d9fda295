"""Who on the machine can read what: others, the site's own user, and a delivery process that is another user."""

import os
from pathlib import Path

from django.conf import settings

from contact.crypto.deliverer_apart import is_apart
from mestring.doctor.finding import Finding, Findings

# What the delivery process reads too, by the group, where it is a user of its own.
SHARED_KEYS = ("inbox_fingerprints", "backup_signing.key")


def of_others() -> Findings:
    """Look for what others on the machine can read."""
    right = "710" if is_apart() else "700"
    for name in ("DATA_DIR", "KEY_DIR"):
        folder = Path(getattr(settings, name))
        if not folder.is_dir():
            yield Finding(f"The folder {name} is not there.", f"Mount its disk, or put back the copy of {folder}.")
            continue
        if folder.stat().st_mode & 0o777 & ~int(right, 8):
            yield Finding(f"Others on the machine can read {name}.", f"chmod {right} {folder}")
    for path in filter(Path.is_file, Path(settings.KEY_DIR).rglob("*")):
        right = "640" if is_apart() and path.name in SHARED_KEYS else "600"
        if path.stat().st_mode & 0o777 & ~int(right, 8):
            yield Finding(f"Others on the machine can read the key file {path.name}.", f"chmod {right} {path}")


def of_the_delivery_process() -> Findings:
    """Look for what the delivery process alone should read and the site's user can, and the other way round."""
    if not is_apart():
        return
    again = "Run deploy/install again: it gives each file its rights."
    if os.access(settings.DELIVERER_KEY, os.R_OK):
        mend = f"chown root {settings.DELIVERER_KEY} && chmod 600 {settings.DELIVERER_KEY}"
        yield Finding("The site's own user can read the deliverer's key.", mend)
    left = Path(settings.KEY_DIR) / "deliverer.key"
    if left.exists():
        yield Finding(
            "A former deliverer.key lies in KEY_DIR, where the site's own user reads it.", f"Delete {left}."
        )
    if _is_open_to_the_group(Path(settings.KEY_DIR)):  # through which it passes as a user of its own
        for name in SHARED_KEYS:
            path = Path(settings.KEY_DIR) / name
            if path.exists() and not path.stat().st_mode & 0o040:
                yield Finding(f"The delivery process cannot read {name}.", again)


def _is_open_to_the_group(folder: Path) -> bool:
    return folder.is_dir() and bool(folder.stat().st_mode & 0o010)
