"""The outbox: what staff are still to be told about. Never content."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models.inquiry import Inquiry


class Delivery(models.Model):
    """Outbox row: kind and id of what to tell staff about. Deleted with its inquiry."""

    class Kind(models.TextChoices):
        """What the mail is about."""

        NEW_INQUIRY = "new_inquiry", _("new inquiry")

    kind = models.CharField(max_length=20, choices=Kind)
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=255)  # made once, so that a repeated mail is known as one
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=100, blank=True)  # the exception's class, never its text

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["kind", "inquiry"], name="one_delivery_per_kind")]
        indexes = [
            models.Index(fields=["not_before"], name="delivery_due", condition=models.Q(sent_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
