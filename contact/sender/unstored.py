"""Whether the last inquiry that was sent could be stored; kept in a file, as the database may be what fails.

A full or read-only disk of the database lets every question through that /readyz asks it.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


def note_unstored() -> None:
    """Remember that an inquiry was refused for a fault of this machine. On a full disk the log alone says it."""
    with suppress(OSError):
        _file().touch()


def note_stored() -> None:
    """Forget it, as inquiries are stored again."""
    with suppress(OSError):
        _file().unlink(missing_ok=True)


def unstored_at() -> datetime | None:
    """Return when an inquiry could not be stored; None where one was stored since."""
    try:
        return datetime.fromtimestamp(_file().stat().st_mtime, UTC)
    except OSError:
        return None


def _file() -> Path:
    return Path(settings.DATA_DIR) / "inquiry-not-stored"
