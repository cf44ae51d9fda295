"""Marking an inquiry as spam, and taking the mark away. contact.retention.schedule erases what is marked."""

from typing import TYPE_CHECKING

from django.db import transaction

from contact.audit.access_log import note
from contact.cases.deadlines import stop_waiting_for_spam, wait_since_receipt
from contact.models import AccessEntry, Inquiry
from contact.retention.erasure import lock_inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


def mark_spam(inquiry: Inquiry, user: "User") -> None:
    """Mark as spam: unless it is a thread, it is erased once no colleague does more with it. Raises Erased."""
    with transaction.atomic():
        row = lock_inquiry(inquiry)
        if Inquiry.objects.filter(pk=row.pk, quarantined=False).update(quarantined=True):
            stop_waiting_for_spam(row)
            note(Action.SPAM, user, inquiry=inquiry)


def mark_no_spam(inquiry: Inquiry, user: "User") -> None:
    """Take an inquiry out of quarantine: from now on it stays until a colleague closes it. Raises Erased."""
    with transaction.atomic():
        row = lock_inquiry(inquiry)
        if Inquiry.objects.filter(pk=row.pk, quarantined=True).update(quarantined=False):
            wait_since_receipt(row)
            note(Action.NOT_SPAM, user, inquiry=inquiry)
