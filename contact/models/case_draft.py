"""What a colleague has begun to write on a case and not sent."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models.inquiry import Inquiry
from contact.models.keyring import InboxKey
from contact.models.staff_key import StaffKey


class CaseDraft(models.Model):
    """One colleague's words in one page of a case, sealed to the colleague's own key, else to the inbox's `key`.

    Two tabs have a draft each, so that neither takes the other's words. Erased with its inquiry, with the key that
    opens it, and when what it holds is sent or taken out.
    """

    SEALED_FIELD = "case draft"  # sealing binds the value to this name, which never changes

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # the page's number
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="drafts")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    staff_key = models.ForeignKey(StaffKey, models.CASCADE, null=True, related_name="+")
    key = models.ForeignKey(
        InboxKey, models.PROTECT, null=True, related_name="+"
    )  # without a staff key, or locked
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("draft on a case")
        verbose_name_plural = _("drafts on cases")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}"
