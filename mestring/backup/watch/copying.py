"""Copying a backup away: each program in BACKUP_PROGRAMS is run with the path of the file."""

import os
import re
import subprocess
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[A-Za-z0-9_-]+")  # as run-parts, so that an editor's copy (10-rsync~) is not run
PATIENCE = 6 * 3600  # seconds for one program: a line that hangs must be told of before the next night


def copying_programs() -> list[Path]:
    """Return the programs in the order of their names."""
    folder = Path(settings.BACKUP_PROGRAMS) if settings.BACKUP_PROGRAMS else None
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name) and os.access(path, os.X_OK))


def copy_away(backup: Path) -> dict[str, bool]:
    """Run every program, also after one that failed; return by name whether each has done its work.

    They get nothing of the site's settings, which hold its secrets, but the path of the list of erasures.
    """
    told = {"ERASURE_LIST": settings.ERASURE_LIST} | {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ
    }
    return {program.name: _run(program, backup, told) for program in copying_programs()}


def _run(program: Path, backup: Path, told: dict[str, str]) -> bool:
    try:
        asked = [str(program), str(backup)]
        return subprocess.run(asked, env=told, timeout=PATIENCE, check=False).returncode == 0  # noqa: S603 (the operator's)
    except (OSError, subprocess.TimeoutExpired):
        return False
