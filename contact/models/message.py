"""The thread of an inquiry: the sender's messages, staff's replies and notes, and contact attempts."""

from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models.inquiry import Inquiry
from contact.models.keyring import InboxKey


class Message(models.Model):
    """One entry of a thread, sealed like its inquiry and erased with it."""

    # Sealing binds the two values to these names, which never change.
    SEALED_FIELD = "message"
    SENDER_FIELD = "message to sender"

    class Kind(models.TextChoices):
        """Who wrote, and for whom."""

        FROM_SENDER = "sender", _("from the sender")
        REPLY = "reply", _("reply")
        NOTE = "note", _("internal note")
        CONTACT_ATTEMPT = "out", _("contact outside the thread")
        NEXT_STEP = "step", _("next step")

    INTERNAL = (Kind.NOTE, Kind.NEXT_STEP)  # for colleagues alone, about what they think or plan

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # known before sealing
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=6, choices=Kind)
    key = models.ForeignKey(InboxKey, models.PROTECT)  # the generation that `sealed` is sealed to
    sealed = models.BinaryField()
    sealed_to_sender = models.BinaryField(null=True)  # only of a reply: the return code opens it
    # Only of a reply: a MAC that an intruder who writes to the database cannot make (contact.cases.reply_marks).
    mark = models.BinaryField(max_length=32, null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # Derived from form and text, so that a text sent twice is stored once.
    locator = models.CharField(max_length=32, unique=True, null=True, editable=False)  # noqa: DJ001 (unique, and many have none)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["written_at", "id"]
        indexes = [models.Index(fields=["inquiry", "written_at", "id"], name="message_thread")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @classmethod
    def thread_of(cls, inquiry: UUID | models.OuterRef) -> "models.QuerySet[Message]":
        """Return the entries that make a case a thread, and show that the sender is a person: no internal ones."""
        return cls.objects.filter(inquiry=inquiry).exclude(kind__in=cls.INTERNAL)
