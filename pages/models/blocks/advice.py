"""Advice, one row for each item: what to do and not to do, steps in order, factors."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.models.blocks.base import Block
from pages.richtext.field import RichTextField


class DoDontBlock(Block):
    """One piece of advice. Neighbours are shown as two cards: what to do, and what not to do."""

    class Kind(models.TextChoices):
        """Which card it stands on."""

        DO = "do", pgettext_lazy("heading of a list of advice", "Do")
        DONT = "dont", pgettext_lazy("heading of a list of advice", "Avoid this")

    snapshot_name = "do_dont"
    kind = models.CharField(_("do or do not"), max_length=4, choices=Kind, default=Kind.DO)
    text = models.CharField(
        _("advice"), max_length=200, blank=True,
        help_text=_(
            "Write a whole sentence. What to avoid needs its own “not”: many read the line without the heading."
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = _("do or do not")
        verbose_name_plural = _("do and do not")

    def __str__(self) -> str:
        return self.text or str(_("do or do not"))


class StepBlock(Block):
    """One thing that happens in order. Neighbours are shown as one numbered list of steps."""

    snapshot_name = "step"
    needs = ("title",)
    pairs = (("body", "title", _("Write a title too.")),)
    title = models.CharField(
        _("title"), max_length=100, blank=True,
        help_text=_("Without a number; it comes by itself. Do not promise a waiting time."),
    )  # fmt: skip
    body = RichTextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.title or str(_("step"))


class FactorBlock(Block):
    """One of several things that play a part. Neighbours are shown as one numbered list."""

    snapshot_name = "factor"
    needs = ("title",)
    pairs = (("text", "title", _("Write a title too.")),)
    title = models.CharField(
        _("title"), max_length=100, blank=True, help_text=_("One or a few words, without a number.")
    )
    text = models.TextField(
        _("text"), blank=True, help_text=_("What it means in daily life. Explain, never blame.")
    )

    class Meta:
        verbose_name = _("factor")
        verbose_name_plural = _("factors")

    def __str__(self) -> str:
        return self.title or str(_("factor"))
