"""Which starter pages were ever loaded, so that a page that staff have deleted does not come back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StarterRecord(models.Model):
    """One starter file that was loaded."""

    key = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64, blank=True)
    page = models.OneToOneField("pages.Page", models.SET_NULL, null=True)

    class Meta:
        verbose_name = _("loaded starter page")
        verbose_name_plural = _("loaded starter pages")

    def __str__(self) -> str:
        return self.key
