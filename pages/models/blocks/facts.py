"""Blocks that show data from elsewhere in the database: claims, gatherings, helplines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models.blocks.base import Block
from pages.models.claim import Claim
from pages.models.clinic import Helpline
from pages.models.event import Event


class ClaimBlock(Block):
    """A claim about the clinic, shown while it is confirmed and valid. Neighbours are shown as one list."""

    snapshot_name = "claim"
    claim = models.ForeignKey(
        Claim, models.PROTECT, verbose_name=_("claim"), related_name="+",
        help_text=_("Shown only while it is confirmed and has not run out. The text around must hold without it."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("claim about the clinic")
        verbose_name_plural = _("claims about the clinic")

    def __str__(self) -> str:
        return str(self.claim)


class EventBlock(Block):
    """A gathering with its coming dates and a calendar file."""

    snapshot_name = "event"
    event = models.ForeignKey(
        Event, models.PROTECT, verbose_name=_("gathering"), related_name="+",
        help_text=_("The dates are set under Gatherings, and are shown here by themselves."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")

    def __str__(self) -> str:
        return str(self.event)


class HelplinesBlock(Block):
    """The public helplines for one group of readers, with hours. The numbers are never typed into a text."""

    snapshot_name = "helplines"
    audience = models.CharField(
        _("for whom"), max_length=10, choices=Helpline.Audience, default=Helpline.Audience.EVERYONE,
        help_text=_("Lines no editor has checked are not shown; when none is left, neither is this list."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("list of helplines")
        verbose_name_plural = _("lists of helplines")

    def __str__(self) -> str:
        return str(_("list of helplines"))
