"""How old the emergency edition is: a file beside the copies says when they last were as the site is."""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from mestring.emergency.folder import write

WHOLE_AT = "whole.at"  # no page's address has a dot
EVERY = timedelta(minutes=1)
LATE = timedelta(hours=1)


def is_to_be_noted(root: Path) -> bool:
    """Say whether a minute has gone since the edition was last found whole."""
    at = whole_at(root)
    return at is None or not timedelta() <= timezone.now() - at < EVERY


def note_whole(root: Path) -> None:
    """Write down that each copy is as the site is now."""
    write(root, WHOLE_AT, timezone.now().isoformat().encode())


def whole_at(root: Path) -> datetime | None:
    """Return when the edition was last whole; None when it never was."""
    try:
        return datetime.fromisoformat((root / WHOLE_AT).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def is_late(root: Path) -> bool:
    """Say whether the copies may be older than the pages by more than an hour."""
    at = whole_at(root)
    return at is not None and timezone.now() - at > LATE
