"""Address: (language, path) leads to a page; a former one redirects."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Address(models.Model):
    """One path in one language. It belongs to its page for ever, so that old links keep working."""

    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    path = models.CharField(max_length=80, blank=True)
    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="addresses")
    current = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(fields=["language", "path"], name="one_page_per_address"),
            models.UniqueConstraint(
                fields=["page", "language"],
                condition=models.Q(current=True),
                name="one_current_address_per_language",
            ),
        ]

    def __str__(self) -> str:
        return f"/{self.language}/{self.path}"
