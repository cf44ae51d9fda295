"""Running text, quotes, and what must stand out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models.blocks.base import Block
from pages.richtext.field import RichTextField


class TextBlock(Block):
    """Headings, paragraphs and lists."""

    snapshot_name = "text"
    body = RichTextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self) -> str:
        return str(_("text"))


class QuoteBlock(Block):
    """A quote, with its speaker or source."""

    snapshot_name = "quote"
    text = models.TextField(_("quote"), blank=True, help_text=_("Without quotation marks."))
    attribution = models.CharField(
        _("who said it"), max_length=200, blank=True,
        help_text=_("A named source. Never a patient, unless the person has agreed in writing."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self) -> str:
        return str(_("quote"))


class CalloutBlock(Block):
    """The one thing in a section that no visitor may miss. A title never stands without its text."""

    snapshot_name = "callout"
    needs = ("body",)
    pairs = (
        ("title", "body", _("A callout needs both a title and a text.")),
    )  # no title: pages.quality.rules.headings
    title = models.CharField(
        _("title"), max_length=100, blank=True, help_text=_("Says the matter itself, not “Important”.")
    )
    body = RichTextField(
        _("text"), blank=True,
        help_text=_("At most one in a section. Is it about ringing 113 or the doctor? Use a care card instead."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("callout")
        verbose_name_plural = _("callouts")

    def __str__(self) -> str:
        return self.title or str(_("callout"))
