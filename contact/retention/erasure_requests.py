"""Erasing because the person asked a colleague for it: after a day in which any colleague can stop it.

A stolen login, or a mistake, must not empty the inbox. So a colleague asks only for what they have read, for a few
inquiries a day, and nothing goes before the grace is over. What speaks against it meanwhile ends the request: a
hold, or a sender who writes more. The sender's own erasing, with the code, is immediate.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from contact.audit.access_log import note
from contact.models import AccessEntry, ErasureRequest, Hold, Inquiry, Message
from contact.permissions import inbox_readers
from contact.retention.erasure import Erased, erase, lock_inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
GRACE = timedelta(days=1)
MOST_A_DAY = 5  # for each colleague; stopping a request gives none back


class OnLegalHold(Exception):
    """The inquiry is on a legal hold, which a colleague has to release first."""


class NotRead(Exception):
    """The colleague has not read this inquiry, or not what the sender has written since."""


class TooManyRequests(Exception):
    """The colleague has asked for as many as a colleague may in a day."""


def ask_to_erase(inquiry: Inquiry, user: "User") -> ErasureRequest:
    """Erase the inquiry when the grace is over. Raises OnLegalHold, NotRead, TooManyRequests, Erased."""
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)  # two requests at once are counted in turn
        row = lock_inquiry(inquiry)
        if request := _of_readers().filter(inquiry=row).first():
            return request
        if Hold.objects.filter(inquiry=row, released_at=None).exists():
            raise OnLegalHold
        if not _has_read(row, user):
            raise NotRead
        now = timezone.now()
        asked = AccessEntry.objects.filter(user=user, action=Action.ERASURE_ASKED, at__gt=now - GRACE)
        if asked.count() >= MOST_A_DAY:
            raise TooManyRequests
        ErasureRequest.objects.filter(inquiry=row).delete()  # of a colleague who may not read any more
        note(Action.ERASURE_ASKED, user, inquiry=row)
        return ErasureRequest.objects.create(inquiry=row, asked_by=user, asked_at=now, due_at=now + GRACE)


def stop_erasing(inquiry: Inquiry, user: "User | None") -> None:
    """End the request, if there is one. Without a user it was the sender, who has written more. Raises Erased."""
    with transaction.atomic():
        row = lock_inquiry(inquiry)  # waits for a round that is about to erase it; then there is nothing to stop
        if ErasureRequest.objects.filter(inquiry=row).delete()[0]:
            note(Action.ERASURE_STOPPED if user else Action.ERASURE_VOID, user, inquiry=row)


def carry_out_requests(now: datetime) -> int:
    """Erase what was asked for a day ago by colleagues who may still read; return how many inquiries.

    What another has asked for rests: the login may have been a thief's, and was closed for it.
    """
    erased = 0
    for request in _of_readers().filter(due_at__lte=now).select_related("asked_by"):
        with suppress(Erased):  # stopped, held or erased a moment ago by another request
            erase(Inquiry(pk=request.inquiry_id), Action.STAFF_ERASED, rows=_due(now), user=request.asked_by)
            erased += 1
    return erased


def _due(now: datetime) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(erasure_request__in=_of_readers().filter(due_at__lte=now))


def _of_readers() -> QuerySet[ErasureRequest]:
    return ErasureRequest.objects.filter(asked_by__in=inbox_readers())


def _has_read(inquiry: Inquiry, user: "User") -> bool:
    from_sender = Message.objects.filter(inquiry=inquiry, kind=Message.Kind.FROM_SENDER)
    newest = from_sender.aggregate(at=Max("written_at"))["at"] or inquiry.received_at
    looks = AccessEntry.objects.filter(inquiry_id=inquiry.pk, user=user, action=Action.OPENED, at__gte=newest)
    return looks.exists()
