"""FormOpening: who opened the form of a page a short while ago. A courtesy to colleagues, not a lock."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(hours=1)
WORTH_SAYING = timedelta(minutes=30)


class FormOpening(models.Model):
    """One row for each page and person, with no content. Gone after an hour.

    `sent` is a keyed digest of what the person sent last, so that a double click is known again.
    """

    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(db_index=True)
    sent = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("opened form")
        verbose_name_plural = _("opened forms")
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="one_opening_each")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.person_id}"

    @classmethod
    def note(cls, *, page_id: int, person_id: int, at: datetime) -> None:
        """Record that the form was opened, and erase rows older than an hour."""
        cls.objects.filter(opened_at__lt=at - KEPT).delete()
        cls.objects.update_or_create(page_id=page_id, person_id=person_id, defaults={"opened_at": at})

    @classmethod
    def others(cls, *, page_id: int, person_id: int, at: datetime) -> models.QuerySet["FormOpening"]:
        """Return the colleagues who opened the form within half an hour, the latest first."""
        lately = cls.objects.filter(page_id=page_id, opened_at__gte=at - WORTH_SAYING)
        return lately.exclude(person_id=person_id).select_related("person").order_by("-opened_at")
