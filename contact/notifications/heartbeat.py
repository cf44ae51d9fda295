"""The delivery process says each minute that it runs: without it no mail goes, and nothing is chained or erased.

A row in the database, because the process may run on another machine than the one that is asked.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from contact.models import Heartbeat

EVERY = timedelta(minutes=1)
LATE = timedelta(minutes=5)


def beat() -> None:
    """Write down that the delivery process runs, once a minute: each write empties the page cache."""
    now = timezone.now()
    if not Heartbeat.objects.filter(pk=1, at__gt=now - EVERY, at__lte=now).exists():
        Heartbeat.objects.update_or_create(pk=1, defaults={"at": now})


def is_beating() -> bool:
    """Say whether the delivery process was at work a moment ago; a time ahead of the clock is no proof of it."""
    at = last_beat()
    return at is not None and abs(timezone.now() - at) < LATE


def last_beat() -> datetime | None:
    """Return when the delivery process was last at work."""
    return Heartbeat.objects.filter(pk=1).values_list("at", flat=True).first()
