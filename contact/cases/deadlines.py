"""What waits for an answer, and until when: office hours from the first words that nobody has answered.

Stored is only since when a sender waits; when that is too long follows from the settings, so that a change of
them holds at once. The two orders are the same, because a later beginning never gives an earlier end.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from contact.cases import business_hours
from contact.models import Inquiry, Message


def due_at(inquiry: Inquiry) -> datetime | None:
    """Return until when an open inquiry should be answered; None where nobody waits."""
    if inquiry.status != Inquiry.Status.OPEN or inquiry.waiting_since is None:
        return None
    return business_hours.after(inquiry.waiting_since, _time_to_answer())


def waiting() -> QuerySet[Inquiry]:
    """Return the open inquiries that nobody has answered since their sender last began to wait."""
    return Inquiry.objects.filter(status=Inquiry.Status.OPEN, waiting_since__isnull=False)


def over_due(now: datetime) -> QuerySet[Inquiry]:
    """Return those of them that should have been answered by now."""
    return waiting().filter(waiting_since__lte=business_hours.before(now, _time_to_answer()))


def answered(inquiry: Inquiry) -> None:
    """Note that the sender has got an answer. To be called in the transaction that stores it."""
    Inquiry.objects.filter(pk=inquiry.pk).update(waiting_since=None)


def found_spam(inquiry: Inquiry) -> None:
    """Note that a colleague takes an inquiry for spam: nobody waits, unless it is a thread already."""
    if not Message.thread_of(inquiry.pk).exists():
        answered(inquiry)


def found_person(inquiry: Inquiry) -> None:
    """Note that an inquiry is no spam: its sender waits as if it had never been marked, unless answered since.

    To be called before what shows it is stored.
    """
    if inquiry.waiting_since is None and not _is_answered(inquiry):
        Inquiry.objects.filter(pk=inquiry.pk).update(waiting_since=inquiry.received_at)


def asked(inquiry: Inquiry) -> None:
    """Note that the sender has written; whoever waits already has waited since then, and is not put back."""
    if inquiry.status == Inquiry.Status.OPEN and not _is_answered(inquiry):
        found_person(inquiry)
    elif inquiry.waiting_since is None or inquiry.status == Inquiry.Status.CLOSED:
        Inquiry.objects.filter(pk=inquiry.pk).update(waiting_since=timezone.now())


def _is_answered(inquiry: Inquiry) -> bool:
    return Message.thread_of(inquiry.pk).exclude(kind=Message.Kind.FROM_SENDER).exists()


def _time_to_answer() -> timedelta:
    return timedelta(hours=settings.INQUIRY_ANSWER_HOURS)
