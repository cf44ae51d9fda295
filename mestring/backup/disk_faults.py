"""What the disk did wrong, in one sentence: a full disk is called a full disk, and no good backup a broken one."""

import errno
import os
import pwd

from django.db import Error
from django.utils.translation import gettext as _

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_IN_A_DATABASE = {"SQLITE_FULL", "53100"}  # SQLite's name of the error, PostgreSQL's number


def describe(error: OSError | Error) -> str:
    """Return the sentence; it quotes no row, only the name of a file."""
    cause = error.__cause__
    reported = {getattr(cause, "sqlite_errorname", None), getattr(cause, "sqlstate", None)}
    if getattr(error, "errno", None) in FULL or reported & FULL_IN_A_DATABASE:
        return _("The disk is full. Make room, and begin again.")
    if isinstance(error, PermissionError):  # typed by root, and run as the site's user
        user = pwd.getpwuid(os.geteuid()).pw_name
        text = _("%(file)s: the user %(user)s, as which this runs, may not go there. Name a file below /tmp.")
        return text % {"file": error.filename or "", "user": user}
    if isinstance(error, OSError):
        return f"{error.filename or ''}: {error.strerror or type(error).__name__}".removeprefix(": ")
    return _("The database failed (%(kind)s).") % {"kind": type(error).__name__}
