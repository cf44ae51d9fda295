"""What the rehearsals say of the site: to the operator at once, to staff once a week."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from contact.models import Inquiry, Rehearsal
from contact.rehearsal.faults import LATE, NEVER
from contact.rehearsal.round import CLOCK_SLACK, LONGEST

OLDEST = timedelta(hours=26)  # held nightly, and a night may take two hours longer
NIGHTS = 7


@dataclass(frozen=True)
class Week:
    """Whether every trial inquiry of the last seven nights arrived, and when the last one did."""

    is_whole: bool
    last: datetime | None


def trouble(now: datetime) -> str:
    """Return the step that failed last, or that the last rehearsal is long ago; nothing when all is well."""
    at_work = Q(ended_at=None, begun_at__gt=now - LONGEST, begun_at__lte=now + CLOCK_SLACK)
    last = Rehearsal.objects.exclude(at_work).first()
    if last is None:
        since = _first_inquiry()
        return NEVER if since and since < now - OLDEST and not Rehearsal.objects.exists() else ""
    if last.begun_at > now + CLOCK_SLACK:
        return Rehearsal.Step.CLOCK
    return last.failed or (LATE if last.begun_at < now - OLDEST else "")


def last_week(now: datetime) -> Week | None:
    """Return how the last seven nights went; None before there have been that many."""
    first = Rehearsal.objects.values_list("begun_at", flat=True).last() or _first_inquiry()
    if first is None or first > now - timedelta(days=NIGHTS, hours=2):
        return None
    since = now - timedelta(days=NIGHTS, hours=2)
    went_well = Rehearsal.objects.filter(failed="", begun_at__gte=since, begun_at__lte=now)
    times = list(went_well.values_list("begun_at", flat=True))
    nights = {timezone.localtime(at).date() for at in times}
    return Week(is_whole=len(nights) >= NIGHTS, last=times[0] if times else None)


def _first_inquiry() -> datetime | None:
    """Return since when a live site could have rehearsed. A demo need not."""
    if settings.MODE != "live":
        return None
    return Inquiry.objects.order_by("received_at").values_list("received_at", flat=True).first()
