"""Keeping an inquiry from being erased, for a reason from a fixed list, until somebody releases it."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from contact.audit import access_log
from contact.cases import deadlines
from contact.models import AccessEntry, Hold, Inquiry
from contact.retention.erasure import locked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


def hold(inquiry: Inquiry, reason: str, user: "User") -> None:
    """Hold an inquiry that is not held yet. Raises ValueError for a reason that is not on the list, Erased."""
    if reason not in Hold.Reason.values:
        raise ValueError("no such reason")
    with transaction.atomic():
        row = locked(inquiry)  # waits for a round that is about to erase it; then there is nothing left to hold
        if not Hold.objects.filter(inquiry=row, released_at=None).exists():
            Hold.objects.create(inquiry=row, reason=reason, placed_by=user)
            access_log.note(Action.HELD, user, inquiry=inquiry)


def release(inquiry: Inquiry, user: "User") -> None:
    """Let an inquiry be erased again when its time is over. Raises Erased."""
    with transaction.atomic():
        held = Hold.objects.filter(inquiry=locked(inquiry), released_at=None)
        if held.update(released_at=timezone.now(), released_by=user):
            access_log.note(Action.RELEASED, user, inquiry=inquiry)


def is_spam(inquiry: Inquiry, user: "User") -> None:
    """Mark as spam: unless it is a thread, it goes when nobody does anything more with it. Raises Erased."""
    _mark(inquiry, user, Action.SPAM, spam=True)


def is_no_spam(inquiry: Inquiry, user: "User") -> None:
    """Take an inquiry out of quarantine: from now on it stays until somebody closes it. Raises Erased."""
    _mark(inquiry, user, Action.NOT_SPAM, spam=False)


def _mark(inquiry: Inquiry, user: "User", action: AccessEntry.Action, *, spam: bool) -> None:
    with transaction.atomic():
        row = locked(inquiry)
        if Inquiry.objects.filter(pk=row.pk, quarantined=not spam).update(quarantined=spam):
            (deadlines.stop_waiting_for_spam if spam else deadlines.wait_since_receipt)(row)
            access_log.note(action, user, inquiry=inquiry)
