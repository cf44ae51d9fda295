"""Which inquiries are erased, and on which day. `durations` says how long things are kept.

- A closed inquiry goes when its days are over.
- An inquiry that may be spam goes when a colleague has opened it and nothing was done with it for its days. One
  that has become a thread is from a person, whatever its mark says.
- What no colleague has opened is never erased. Nor is anything else that is open, nor anything held.
"""

from datetime import datetime

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery

from contact.audit.access_log import LOOKS
from contact.models import AccessEntry, Hold, Inquiry, Message
from contact.retention import durations


def erased_on(inquiry: Inquiry, *, is_held: bool) -> datetime | None:
    """Return when this inquiry is erased, unless it is reopened; None while that is not settled, as while held.

    Sender and staff are told this day, and `expired_closed` is what keeps it. Spam has no day: every time a
    colleague does something with it, its days begin anew.
    """
    if is_held or inquiry.status != Inquiry.Status.CLOSED or inquiry.closed_at is None:
        return None
    return inquiry.closed_at + durations.closed_case()


def days_after_closing(*, is_held: bool) -> int | None:
    """Return how many days after its closing an open inquiry is erased; None while it is held, as for a day."""
    return None if is_held else durations.closed_case().days


def expired_closed(now: datetime) -> QuerySet[Inquiry]:
    """Return the closed inquiries whose days are over and that are not held."""
    limit = now - durations.closed_case()
    return Inquiry.objects.filter(~held(), status=Inquiry.Status.CLOSED, closed_at__lte=limit)


def expired_spam(now: datetime) -> QuerySet[Inquiry]:
    """Return what may be spam, was read, has been left alone since and is not held; never what is unread."""
    return _spam_long_enough(now).filter(~held())


def held() -> Exists:
    """Say of each row of a query whether a colleague holds it."""
    return Exists(Hold.objects.filter(inquiry=OuterRef("pk"), released_at=None))


def count_held() -> int:
    """Return how many inquiries are held, open or closed, whether they would be erased by now or not."""
    return Inquiry.objects.filter(held()).count()


def is_thread(inquiry: Inquiry) -> bool:
    """Say whether this case has become a thread, which is not erased as spam whatever its mark says."""
    return Message.thread_of(inquiry.pk).exists()


def _spam_long_enough(now: datetime) -> QuerySet[Inquiry]:
    limit = now - durations.spam()
    entries = AccessEntry.objects.filter(inquiry_id=OuterRef("pk"))
    newest = Subquery(entries.order_by("-at").values("at")[:1], output_field=DateTimeField())
    return (
        Inquiry.objects.filter(
            ~Exists(Message.thread_of(OuterRef("pk"))),
            Exists(entries.filter(action__in=LOOKS)),
            status=Inquiry.Status.OPEN,
            quarantined=True,
            next_step_at=None,  # else a colleague has planned something with it
        )
        .alias(newest=newest)
        .filter(newest__lte=limit)
    )
