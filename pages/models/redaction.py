"""Redaction: the record of which edition lost its words, by whom and why."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Redaction(models.Model):
    """Append-only; it never holds a word of what was taken away."""

    edition = models.OneToOneField(
        "pages.Edition", models.CASCADE, related_name="redaction", verbose_name=_("edition")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"))
    reason = models.CharField(_("why"), max_length=200)

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")

    def __str__(self) -> str:
        return f"{self.edition_id} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only: a stored row is never written again."""
        if self.pk is not None:
            raise ValueError("a redaction is append-only")
        super().save(*args, **kwargs)
