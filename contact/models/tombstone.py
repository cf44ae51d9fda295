"""What is left of an erased inquiry: enough to answer its return code with "deleted", and to erase it again.

It has to be erased again when a backup is restored.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Tombstone(models.Model):
    """Made in the transaction that erases the inquiry. It never gets more than these three columns."""

    locator = models.CharField(max_length=32, primary_key=True)
    inquiry_id = models.UUIDField()
    erased_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("erased inquiry")
        verbose_name_plural = _("erased inquiries")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.inquiry_id}"
