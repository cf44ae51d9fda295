"""What is left of an erased inquiry.

Enough to answer its return code with "deleted", and to erase it once more from a backup that was restored.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Tombstone(models.Model):
    """Left in the transaction that erases. Never anything but these three columns."""

    locator = models.CharField(max_length=32, primary_key=True)
    inquiry_id = models.UUIDField()
    erased_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("erased inquiry")
        verbose_name_plural = _("erased inquiries")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.inquiry_id}"
