"""Legal holds: an inquiry is not erased, for a reason from a fixed list, until a colleague releases the hold."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from contact.audit.access_log import note
from contact.models import AccessEntry, Hold, Inquiry
from contact.retention.erasure import lock_inquiry
from contact.retention.erasure_requests import stop_erasing

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


def hold(inquiry: Inquiry, reason: str, user: "User") -> None:
    """Hold an inquiry that is not held yet. Raises ValueError for a reason that is not on the list, Erased."""
    if reason not in Hold.Reason.values:
        raise ValueError("no such reason")
    with transaction.atomic():
        row = lock_inquiry(inquiry)  # waits for a round that is about to erase it; then there is nothing to hold
        if not Hold.objects.filter(inquiry=row, released_at=None).exists():
            Hold.objects.create(inquiry=row, reason=reason, placed_by=user)
            note(Action.HELD, user, inquiry=inquiry)
            stop_erasing(inquiry, user)


def release(inquiry: Inquiry, user: "User") -> None:
    """Let an inquiry be erased again when its time is over. Raises Erased."""
    with transaction.atomic():
        held = Hold.objects.filter(inquiry=lock_inquiry(inquiry), released_at=None)
        if held.update(released_at=timezone.now(), released_by=user):
            note(Action.RELEASED, user, inquiry=inquiry)
