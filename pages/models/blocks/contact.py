"""The ways to reach a person: whom to ring, how to write, which door to take."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models.blocks.base import Block
from pages.models.care_level import CareLevel
from pages.richtext.allowed_markup import OUR_LINK
from pages.richtext.field import RichTextField


class CareCardBlock(Block):
    """A card that says "ring 113 if …". The level decides colour and number; the number is never typed."""

    snapshot_name = "care_card"
    level = models.CharField(_("how urgent"), max_length=10, choices=CareLevel, default=CareLevel.EMERGENCY)
    title = models.CharField(
        _("title"),
        max_length=100,
        blank=True,
        help_text=_('The start of a sentence: "Ring 113 if somebody".'),
    )
    body = RichTextField(_("signs"), blank=True, help_text=_("A list that ends the sentence of the title."))

    class Meta:
        verbose_name = _("care card")
        verbose_name_plural = _("care cards")

    def __str__(self) -> str:
        return self.title or str(_("care card"))


class ContactPanelBlock(Block):
    """A calm invitation to ring or write. Number and link are filled in by the template."""

    snapshot_name = "contact_panel"
    title = models.CharField(_("title"), max_length=100, blank=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("contact panel")
        verbose_name_plural = _("contact panels")

    def __str__(self) -> str:
        return self.title or str(_("contact panel"))


class DoorBlock(Block):
    """One of the front page's doors: a large link for one group of readers."""

    class Audience(models.TextChoices):
        """Whom the door is for; decides colour and picture."""

        PATIENT = "patient", _("I need help")
        RELATIVE = "relative", _("I am a relative")
        REFERRER = "referrer", _("I want to refer")

    snapshot_name = "door"
    wants = ("audience", "link")
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience)
    link = models.CharField(
        _("leads to"), max_length=40,
        help_text=_(
            "page: and the page's number, or contact:start, contact:patient, contact:relative, contact:referrer."
        ),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=60, blank=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("door")
        verbose_name_plural = _("doors")

    def __str__(self) -> str:
        return self.title or str(_("door"))

    def clean(self) -> None:
        """Refuse a door that leads to another website."""
        if self.link and not OUR_LINK.fullmatch(self.link):
            raise ValidationError({"link": _("Write page: and a number, for example page:3, or contact:start.")})
