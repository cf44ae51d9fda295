"""Erasing what is no longer needed: closed inquiries after their days, open ones never, tombstones after years."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from contact.erasure import Erased, erase
from contact.models import AccessEntry, Inquiry, Tombstone


def erase_expired() -> int:
    """Erase every inquiry that has been closed for the settled number of days; return how many."""
    _forget_tombstones()
    limit = timezone.now() - timedelta(days=settings.INQUIRY_RETENTION_DAYS)
    expired = Inquiry.objects.filter(status=Inquiry.Status.CLOSED, closed_at__lte=limit)
    erased = 0
    for inquiry in expired.only("id"):
        with suppress(Erased):  # a colleague has reopened it a moment ago, or somebody erased it
            erase(inquiry, AccessEntry.Action.ERASED, rows=expired)
            erased += 1
    return erased


def _forget_tombstones() -> None:
    limit = timezone.now() - timedelta(days=settings.TOMBSTONE_RETENTION_DAYS)
    Tombstone.objects.filter(erased_at__lte=limit).delete()
