"""A picture from the library, or one of the house's own drawings."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.models.blocks.base import Block
from pages.models.picture import Picture, Shape


class FigureBlock(Block):
    """A picture or a drawing, described in words for those who do not see it, or decoration.

    A figure is shown in every language in which it is described; decoration in all of them.
    """

    class Drawing(models.TextChoices):
        """Drawn from the clinic's one mountain; each has a template in templates/pages/drawings/."""

        DIAMOND = "diamond", _("The mountain and its reflection: a diamond")
        PHASES = "phases", _("A path over the mountain in three stages")
        WINDOW = "window", _("A house by the water where a person is awake")
        TOGETHER = "together", _("Two mountains side by side")

    snapshot_name = "figure"
    read_with = ("picture",)
    picture = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, verbose_name=_("picture"))
    shape = models.CharField(_("how much of it"), max_length=10, choices=Shape, default=Shape.WHOLE)
    drawing = models.CharField(
        _("or a drawing"), max_length=20, choices=Drawing, blank=True,
        help_text=_("Drawn for this website, in its colours."),
    )  # fmt: skip
    decorative = models.BooleanField(
        _("only decoration"), default=False,
        help_text=_("Only when the page says as much without it. Those who listen to the page hear nothing."),
    )  # fmt: skip
    alt = models.TextField(
        _("alternative text"), blank=True, validators=[MaxLengthValidator(300)],
        help_text=_(
            "What the picture tells, as you would say it on the phone: “Two people walk along the water.” One or "
            "two sentences, without “picture of”. Read out to those who do not see it."
        ),
    )  # fmt: skip
    caption = models.TextField(
        pgettext_lazy("text under a picture", "caption"), blank=True, validators=[MaxLengthValidator(300)],
        help_text=_("Shown under the picture to everyone. May be left empty. Do not repeat the alternative text."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("picture or drawing")
        verbose_name_plural = _("pictures and drawings")

    def __str__(self) -> str:
        return self.caption or self.alt or str(_("picture or drawing"))

    def more_for_snapshot(self) -> dict[str, Any]:
        """Return what a visit needs of the picture, so that it asks no second table."""
        return self.picture.as_shown(self.shape) if self.picture else {}
