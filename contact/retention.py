"""Erasing what is no longer needed: closed inquiries after their days, open ones never."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from contact.models import AccessEntry, Inquiry


def erase_expired() -> int:
    """Erase every inquiry that has been closed for the settled number of days; return how many."""
    limit = timezone.now() - timedelta(days=settings.INQUIRY_RETENTION_DAYS)
    expired = Inquiry.objects.filter(status=Inquiry.Status.CLOSED, closed_at__lte=limit)
    erased = 0
    for inquiry in expired.only("id", "reference"):
        row = inquiry.pk  # delete() takes it off the object
        with transaction.atomic():
            # Asked again by an UPDATE, which locks the row: a colleague may have reopened it a moment ago.
            if not expired.filter(pk=row).update(status=Inquiry.Status.CLOSED):
                continue
            inquiry.delete()  # its deliveries go with it
            AccessEntry.objects.create(
                inquiry_id=row, reference=inquiry.reference, action=AccessEntry.Action.ERASED
            )
            erased += 1
    return erased
