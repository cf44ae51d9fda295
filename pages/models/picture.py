"""Picture: one picture of the library. Its files are made at upload and lie in the storage."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.imaging.geometry import height_at, landscape_box

FOLDER = "pictures"
WHOLE = "whole"
SHARE = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class Shape(models.TextChoices):
    """How much of a picture is shown."""

    WHOLE = "whole", _("The whole picture")
    LANDSCAPE = "landscape", _("Landscape 3:2, cut around the focal point")


class Picture(models.Model):
    """A picture staff uploaded. `renditions` names every file visitors can be sent: {stem: widths}.

    `key` is taken from the content, so that a file's name never means two pictures. A withdrawn
    picture has no files any more; its row stays, because editions name it.
    """

    key = models.CharField(max_length=20, unique=True, editable=False)
    name = models.CharField(
        _("name"), max_length=100,
        help_text=_("For you and your colleagues, to find it again. Visitors never see it."),
    )  # fmt: skip
    credit = models.CharField(
        _("credit"), max_length=150, blank=True,
        help_text=_("Who made it, for example “Kari Nordmann”. Shown under the picture."),
    )  # fmt: skip
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    fallback = models.CharField(max_length=4, editable=False)
    renditions = models.JSONField(default=dict, editable=False)
    focus_x = models.FloatField(_("focal point from the left"), default=0.5, validators=SHARE)
    focus_y = models.FloatField(_("focal point from the top"), default=0.5, validators=SHARE)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("uploaded by"),
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("withdrawn by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        permissions = [("withdraw_picture", "Can withdraw pictures")]

    def __str__(self) -> str:
        return self.name

    @property
    def landscape(self) -> str:
        """Return the stem of the crop's files: named by where it begins, so that a moved focus is a new name."""
        box = landscape_box(self.width, self.height, self.focus_x, self.focus_y)
        whole = (box.width, box.height) == (self.width, self.height)
        return WHOLE if whole else f"landscape-{box.left}-{box.top}"

    def as_shown(self, shape: str) -> dict[str, Any]:
        """Return all that a page needs to show the picture in this shape, without another query."""
        stem = self.landscape if shape == Shape.LANDSCAPE else WHOLE
        box = landscape_box(self.width, self.height, self.focus_x, self.focus_y)
        of = (self.width, self.height) if stem == WHOLE else (box.width, box.height)
        widths = self.renditions.get(stem, [])
        largest = max(widths, default=0)
        return {
            "key": self.key, "stem": stem, "widths": widths, "fallback": self.fallback,
            "width": largest, "height": height_at(largest, *of) if largest else 0, "credit": self.credit,
        }  # fmt: skip

    @property
    def thumbnail(self) -> str:
        """Return the address of the smallest rendition; "" when the picture is withdrawn."""
        widths = self.renditions.get(WHOLE)
        return address(self.key, f"{WHOLE}-{min(widths)}.webp") if widths else ""


def address(key: str, name: str) -> str:
    """Return the address of a file for visitors: always on this site, wherever the storage keeps it."""
    return f"{settings.MEDIA_URL}{FOLDER}/{key}/{name}"
