"""Which starter pages were ever loaded, and how the loader left each: what has happened since is the editors'."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class StarterRecord(models.Model):
    """One starter file that was loaded, and the edition that the loader made of it."""

    key = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64, blank=True)
    page = models.OneToOneField("pages.Page", models.SET_NULL, null=True)
    edition = models.ForeignKey("pages.Edition", models.SET_NULL, null=True, related_name="+")
    shown_from = models.DateTimeField(null=True)  # since when visitors see it; empty when the loader left a draft

    class Meta:
        verbose_name = _("loaded starter page")
        verbose_name_plural = _("loaded starter pages")

    def __str__(self) -> str:
        return self.key

    def belongs_to_editors(self, *, at: datetime) -> bool:
        """Say whether anything has happened to the page since the loader left it.

        Asked is what stands there, and not who put it there: an account that is deleted takes its name out of the
        editions, and an editor who publishes or takes down makes none.
        """
        if self.page is None or self.page.deleted_at is not None or self.edition is None:
            return True
        editions = self.page.editions.order_by("-pk")
        live = editions.live(at=at).first()
        is_shown_as_left = (live.live_from if live else None) == self.shown_from
        is_planned = (live is not None and live.live_until is not None) or editions.waiting(at=at).exists()
        return editions.first() != self.edition or not is_shown_as_left or is_planned or self.edition.is_redacted
