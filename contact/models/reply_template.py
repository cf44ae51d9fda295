"""Texts that staff start a reply from. A reply is a copy, so a later change of the template does not reach it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from contact.form_fields import refuse_identity_number
from contact.models.inquiry import Inquiry
from contact.placeholders import refuse_single_brackets

CHECKED = [refuse_identity_number, refuse_single_brackets]
LANGUAGES = ("nb", "nn", "en")


class ReplyTemplate(models.Model):
    """A text in each language. It is taken out of use, not deleted, so that no starter text returns."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    role = models.CharField(
        _("for"), max_length=10, choices=Inquiry.Role, blank=True, help_text=_("Empty: for everybody who writes.")
    )
    text_nb = models.TextField(_("text (bokmål)"), blank=True, validators=CHECKED)
    text_nn = models.TextField(_("text (nynorsk)"), blank=True, validators=CHECKED)
    text_en = models.TextField(_("text (English)"), blank=True, validators=CHECKED)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    in_use = models.BooleanField(_("in use"), default=True, help_text=_("Only what is in use can be chosen."))
    # The starter text that this row began as; None when a colleague made it.
    starter = models.CharField(max_length=30, unique=True, null=True, editable=False)  # noqa: DJ001 (unique, and many have none)

    class Meta:
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")
        ordering = ["position", "name"]
        default_permissions = ("add", "change", "view")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a template without any text."""
        if not any(self.texts().values()):
            raise ValidationError(_("Write the text in at least one language."))

    def texts(self) -> dict[str, str]:
        """Return the text in each language that has one."""
        texts = {
            language: getattr(self, f"text_{language}").replace("\r\n", "\n").strip() for language in LANGUAGES
        }
        return {language: text for language, text in texts.items() if text}
