"""When a case is due: in office hours, from the moment its sender began to wait.

The table stores only since when a sender waits. What is due, and what has been open for too long, follows from
the settings, so that a changed setting holds at once. Ordering by that moment orders by deadline as well, because
a later beginning never gives an earlier end.

A sender who asked to be rung waits until a conversation is written down. A reply that promises the call puts this
off, and only while the promised step stands: `call_owed_since` keeps the moment from which the wait then goes on.
Whether words after that conversation ask for one more call, the colleague who answers them says.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from contact.cases import business_hours
from contact.models import Inquiry, Message


def due_at(inquiry: Inquiry) -> datetime | None:
    """Return when an open inquiry should be answered at the latest; None when its sender does not wait."""
    if inquiry.status != Inquiry.Status.OPEN or inquiry.waiting_since is None:
        return None
    return business_hours.add(inquiry.waiting_since, _time_to_answer())


def waiting_inquiries() -> QuerySet[Inquiry]:
    """Return the open inquiries whose sender waits for an answer."""
    return Inquiry.objects.filter(status=Inquiry.Status.OPEN, waiting_since__isnull=False)


def overdue_inquiries(now: datetime) -> QuerySet[Inquiry]:
    """Return the waiting inquiries that should have been answered by now."""
    return waiting_inquiries().filter(waiting_since__lte=business_hours.subtract(now, _time_to_answer()))


def inquiries_open_too_long() -> QuerySet[Inquiry]:
    """Return what has been open for INQUIRY_ESCALATION_DAYS.

    An open inquiry is never erased, so a colleague has to decide what becomes of it.
    """
    limit = timezone.now() - timedelta(days=settings.INQUIRY_ESCALATION_DAYS)
    return Inquiry.objects.filter(status=Inquiry.Status.OPEN, received_at__lte=limit)


def overdue_steps(now: datetime) -> QuerySet[Inquiry]:
    """Return the open inquiries whose next step should have been taken by now."""
    return Inquiry.objects.filter(status=Inquiry.Status.OPEN, next_step_at__lte=now)


def steps_until_tonight(now: datetime) -> QuerySet[Inquiry]:
    """Return the open inquiries whose next step is for today, or overdue."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Inquiry.objects.filter(status=Inquiry.Status.OPEN, next_step_at__lt=midnight + timedelta(days=1))


def missing_answer(inquiry: Inquiry) -> str:
    """Return what a waiting sender lacks; "" if nothing.

    "never" answered or reached, more written "since", or the "call" that was asked for and that no reply replaces.
    """
    if inquiry.call_owed_since:
        return "call"
    if inquiry.waiting_since is None:
        return ""
    entries = Message.thread_of(inquiry.pk).order_by("written_at", "id")
    kinds = list(entries.values_list("kind", flat=True))
    last_words = max((place for place, kind in enumerate(kinds) if kind == Message.Kind.FROM_SENDER), default=-1)
    if Message.Kind.REPLY in kinds[last_words + 1 :]:
        return "call"
    from_staff = [place for place, kind in enumerate(kinds) if kind != Message.Kind.FROM_SENDER]
    return "since" if from_staff and from_staff[0] < last_words else "never"


def waits(inquiry: Inquiry) -> bool:
    """Say whether the sender waits for an answer, or for a call that a reply has promised."""
    return bool(inquiry.waiting_since or inquiry.call_owed_since)


def stop_waiting(inquiry: Inquiry) -> None:
    """Record that the sender has got an answer. Call it in the transaction that stores the answer."""
    Inquiry.objects.filter(pk=inquiry.pk).update(waiting_since=None, call_owed_since=None)


def owe_call(inquiry: Inquiry, *, is_promised: bool) -> None:
    """Record that the sender, who asked to be rung, has got a reply and no call: it may promise one.

    A promise that stands already is kept. Without one the sender waits on, also a sender whose inquiry was spam.
    """
    rows = Inquiry.objects.filter(pk=inquiry.pk)
    if is_promised or inquiry.call_owed_since:
        since = Coalesce("call_owed_since", "waiting_since", "received_at")
        rows.update(call_owed_since=since, waiting_since=None)
    else:
        rows.update(waiting_since=Coalesce("waiting_since", "received_at"))


def end_promise(inquiry: Inquiry) -> bool:
    """Let the sender wait as before the promise of a call whose step is gone. Return whether there was one."""
    promised = Inquiry.objects.filter(pk=inquiry.pk, call_owed_since__isnull=False)
    return bool(promised.update(waiting_since=F("call_owed_since"), call_owed_since=None))


def stop_waiting_for_spam(inquiry: Inquiry) -> None:
    """Record that the sender of spam does not wait. A thread keeps waiting: a machine does not come back."""
    if not Message.thread_of(inquiry.pk).exists():
        stop_waiting(inquiry)


def wait_since_receipt(inquiry: Inquiry) -> None:
    """Let the sender of an inquiry that is no spam wait as if it had never been marked, unless answered since.

    Call it before storing the entry that shows that the sender is a person.
    """
    if inquiry.waiting_since is None and not _is_answered(inquiry):
        Inquiry.objects.filter(pk=inquiry.pk).update(waiting_since=inquiry.received_at)


def start_waiting(inquiry: Inquiry) -> None:
    """Record that the sender has written. A sender who waits already keeps the earlier moment."""
    if inquiry.status == Inquiry.Status.OPEN and not _is_answered(inquiry):
        wait_since_receipt(inquiry)
    elif inquiry.waiting_since is None or inquiry.status == Inquiry.Status.CLOSED:
        Inquiry.objects.filter(pk=inquiry.pk).update(waiting_since=timezone.now())


def _is_answered(inquiry: Inquiry) -> bool:
    return Message.thread_of(inquiry.pk).exclude(kind=Message.Kind.FROM_SENDER).exists()


def _time_to_answer() -> timedelta:
    return timedelta(hours=settings.INQUIRY_ANSWER_HOURS)
