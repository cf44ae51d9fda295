"""The outbox: what staff or a sender must be notified of. Never content."""

from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models.inquiry import Inquiry
from contact.models.message import Message


def new_message_id() -> str:
    """Return a Message-ID with the site's domain; it reveals nothing about the mail."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{uuid4().hex}@{domain}>"


class Delivery(models.Model):
    """An outbox row: the kind of the mail, and the id of what it is about. Deleted with its inquiry."""

    SEALED_FIELD = "recipient"  # sealing binds the value to this name, which never changes

    class Kind(models.TextChoices):
        """What the mail is about."""

        NEW_INQUIRY = "new_inquiry", _("new inquiry")
        NEW_MESSAGE = "new_message", _("new message of a sender")
        ANSWER = "answer", _("answer to a sender")
        REMINDER = "reminder", _("reminder of what no colleague has read")
        REHEARSAL = "rehearsal", _("nightly trial, told to the operator")

    # Known before sealing. Not unique: older rows share one, and hold nothing sealed.
    uuid = models.UUIDField(default=uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, null=True, related_name="deliveries")
    day = models.DateField(null=True, unique=True)  # only of a reminder, which has no inquiry: one a day
    about = models.ForeignKey(Message, models.CASCADE, null=True, related_name="deliveries")
    # A sender's address, sealed to the recipient key; erased once the mail server has accepted the mail.
    recipient = models.BinaryField(null=True)
    # Made once: a mail's Message-ID derives from those of its deliveries, so that one sent twice is known as one.
    message_id = models.CharField(max_length=255, default=new_message_id)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # When the mail server permanently refused the sender's address, which is erased then.
    refused_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=100, blank=True)  # the exception's class, never its text

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "inquiry"],
                name="one_delivery_per_kind",
                condition=models.Q(about__isnull=True),
            ),
            models.UniqueConstraint(fields=["kind", "about"], name="one_delivery_per_message"),
        ]
        indexes = [
            models.Index(fields=["not_before"], name="delivery_due", condition=models.Q(sent_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
