"""What has been open for so long that somebody has to decide about it."""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from contact.models import Inquiry


def open_too_long() -> QuerySet[Inquiry]:
    """Return what has been open for INQUIRY_ESCALATION_DAYS: it is never erased, so somebody has to decide."""
    limit = timezone.now() - timedelta(days=settings.INQUIRY_ESCALATION_DAYS)
    return Inquiry.objects.filter(status=Inquiry.Status.OPEN, received_at__lte=limit)
