"""A link to a source outside the website."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.models.blocks.base import Block
from pages.models.web_address import WebAddressField


class ResourceLinkBlock(Block):
    """A link to another website, with its publisher. Only https. Neighbours are shown as one list."""

    class Language(models.TextChoices):
        """The language of the page behind the link."""

        BOKMAL = "nb", _("bokmål")
        NYNORSK = "nn", _("nynorsk")
        ENGLISH = "en", pgettext_lazy("inside a sentence", "English")
        OTHER = "other", _("another language")

    snapshot_name = "resource_link"
    needs = ("title",)
    wants = ("url", "publisher")
    title = models.CharField(
        _("title"), max_length=150, blank=True,
        help_text=_("What the reader finds there, in this page's language. Empty: not shown in that language."),
    )  # fmt: skip
    url = WebAddressField(
        _("web address"), max_length=500,
        help_text=_("The page itself, not a front page, and no address that says who is reading."),
    )  # fmt: skip
    publisher = models.CharField(
        _("publisher"), max_length=100, help_text=_("Who stands behind it, for example Helsenorge.")
    )
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.BOKMAL)
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day an editor opened the link and read what is there."),
    )

    class Meta:
        verbose_name = _("link to a source")
        verbose_name_plural = _("links to sources")

    def __str__(self) -> str:
        return self.title or str(_("link to a source"))

    def clean(self) -> None:
        """Refuse a day in the future."""
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": _("This day has not been yet.")})
