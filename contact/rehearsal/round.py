"""One rehearsal from beginning to end: it leaves a row that says how it went, and nothing else."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone

from contact.models import AccessEntry, Inquiry, Rehearsal
from contact.rehearsal.walk import AsksForPages, StepFailed, walk
from contact.retention.erasure import Erased, erase

Step = Rehearsal.Step
LONGEST = timedelta(minutes=15)  # one that takes longer was cut off
CLOCK_SLACK = timedelta(minutes=5)  # machines that share a database never agree quite
KEPT_FOR = timedelta(days=90)


def rehearse(visitor: AsksForPages, *, patience: float) -> str:
    """Rehearse once; return the step that failed, or nothing. Raises DatabaseError."""
    now = timezone.now()
    tidy_up(now)
    rehearsal = Rehearsal.objects.create(begun_at=now)
    try:
        failed = "" if forget_times_ahead(now) == 0 else Step.CLOCK
        if not failed:
            walk(visitor, rehearsal, patience)
    except StepFailed as failure:
        failed = failure.step
    rehearsal.refresh_from_db()
    _erase_inquiry_of(rehearsal)
    Rehearsal.objects.filter(pk=rehearsal.pk).update(ended_at=timezone.now(), failed=failed)
    return failed


def tidy_up(now: datetime) -> None:
    """Erase what a rehearsal that was cut off has left, and delete the rows of long ago."""
    at_work = Rehearsal.objects.filter(ended_at=None, begun_at__gt=now - LONGEST, begun_at__lte=now)
    left = Inquiry.with_rehearsals.filter(status=Inquiry.REHEARSAL)
    for inquiry in left.exclude(pk__in=at_work.filter(inquiry_id__isnull=False).values("inquiry_id")):
        _erase(inquiry)
    Rehearsal.objects.filter(begun_at__lt=now - KEPT_FOR).delete()


def forget_times_ahead(now: datetime) -> int:
    """Delete the rows of a time that has not come, and return how many.

    The clock ran ahead then, or runs behind now: one rehearsal says so, and the next can go well.
    """
    return Rehearsal.objects.filter(begun_at__gt=now + CLOCK_SLACK).delete()[0]


def _erase_inquiry_of(rehearsal: Rehearsal) -> None:
    if rehearsal.inquiry_id:
        _erase(Inquiry(pk=rehearsal.inquiry_id))


def _erase(inquiry: Inquiry) -> None:
    with suppress(Erased):  # with its code, as it should be
        erase(inquiry, AccessEntry.Action.ERASED)
