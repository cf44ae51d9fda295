"""The launch list: what people must confirm before the site stops calling itself a demo."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LaunchConfirmation(models.Model):
    """A person's confirmation of one item of the list. The site is launched when every item is confirmed."""

    class Item(models.TextChoices):
        """The items: what no program can check."""

        CLINICAL_REVIEW = "clinical_review", _("A clinician has read every page about treatment")
        CRISIS_WORDS = (
            "crisis_words",
            _("A clinician has read the words that the search answers with 113 (crisis.toml)"),
        )
        LEGAL_REVIEW = (
            "legal_review",
            _("A lawyer has read what the pages say about confidentiality, rights and privacy"),
        )
        NATIVE_READER = "native_reader", _("A native reader has read the bokmål and the nynorsk")
        HELPLINES = "helplines", _("Every helpline was rung and its hours checked")
        CLAIMS = "claims", _("Every claim about the clinic was confirmed, or may stay away")
        CLINIC_DETAILS = "clinic_details", _("Name, switchboard and places are right")
        INQUIRY_ROUTINE = "inquiry_routine", _("It is agreed who answers inquiries, also in holidays")
        RECOVERY_PAPER = "recovery_paper", _("The recovery paper is printed and locked away")
        TWO_STAFF = "two_staff", _("Two people can open the inbox")
        # The operator's part.
        BACKUP_RESTORED = "backup_restored", _("A backup was restored on another machine, with the offline key")
        TEST_MAIL = "test_mail", _("A test mail arrived, and was read")
        CERTIFICATE = "certificate", _("Browsers accept the website's certificate")
        DOCTOR = "doctor", _("The server's own examination (doctor) finds nothing wrong")

    item = models.CharField(_("item"), max_length=20, choices=Item, unique=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), auto_now_add=True)

    class Meta:
        verbose_name = _("confirmed item of the launch list")
        verbose_name_plural = _("launch list")

    def __str__(self) -> str:
        return str(self.get_item_display())


def is_complete(confirmed: int) -> bool:
    """Say whether that many confirmed items are the whole list."""
    return confirmed >= len(LaunchConfirmation.Item)
