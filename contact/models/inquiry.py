"""An inquiry: sealed content beside a few harmless columns."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models.keyring import InboxKey


class Cases(models.Manager["Inquiry"]):
    """The inquiries that people have sent: no list, count, table or number has the site's own rehearsals."""

    def get_queryset(self) -> models.QuerySet["Inquiry"]:
        """Leave them out by a column that every index of the inbox begins with or holds."""
        return super().get_queryset().exclude(status=Inquiry.REHEARSAL)


class Inquiry(models.Model):
    """What a sender sent. Every column but `sealed` must reveal no content to a reader of the database."""

    SEALED_FIELD = "answers"  # sealing binds the value to this name, which never changes

    # In place of a status: the site sent it to itself (contact.rehearsal). It is no case, so it is no choice.
    REHEARSAL = "trial"

    class Role(models.TextChoices):
        """Who wrote."""

        PATIENT = "patient", _("Needs help")
        RELATIVE = "relative", _("Relative")
        REFERRER = "referrer", _("Referrer")

    class Status(models.TextChoices):
        """Whether staff still work on the case. Only a closed case is ever erased."""

        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class Journal(models.TextChoices):
        """Whether the case is recorded in the patient journal, as the colleague who closed it answered."""

        RECORDED = "recorded", _("Yes, it is recorded")
        NOT_NEEDED = "not_needed", _("No, that is not needed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # known before sealing
    reference = models.CharField(_("reference"), max_length=9, db_index=True)
    locator = models.CharField(max_length=32, unique=True, editable=False)
    role = models.CharField(_("from"), max_length=10, choices=Role)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    status = models.CharField(_("status"), max_length=6, choices=Status, default=Status.OPEN)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # Only of a closed case; each closing asks again.
    journal = models.CharField(_("patient journal"), max_length=10, choices=Journal, blank=True)
    quarantined = models.BooleanField(_("may be spam"), default=False)
    # It came when its network had sent more than one may: quarantined, and its sender is told.
    set_apart = models.BooleanField(default=False, db_default=False, editable=False)
    # Empty when the colleague's account is deleted; contact.cases.ownership logs that. Ownership gives no right:
    # all colleagues may read and answer.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("whose case"),
    )
    # Since when the sender waits for an answer; None once it has come (contact.cases.deadlines).
    waiting_since = models.DateTimeField(_("waiting since"), default=timezone.now, null=True, blank=True)
    # Since when the sender waits for a call that a reply has promised: the wait is put off while that step stands.
    call_owed_since = models.DateTimeField(_("waiting for a promised call since"), null=True, blank=True)
    # When the next step is due, and which colleague takes it; what it is, is sealed (contact.cases.next_step).
    next_step_at = models.DateTimeField(_("next step"), null=True, blank=True)
    next_step_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("whose next step"),
    )
    key = models.ForeignKey(InboxKey, models.PROTECT, verbose_name=_("inbox key"))
    sealed = models.BinaryField(_("content"))
    # The public half of the sender's key, to which replies are sealed. None: received before there were codes.
    sender_key = models.BinaryField(max_length=32, null=True, editable=False)

    objects = Cases()  # the first, so that Django's own pages and relations use it too
    with_rehearsals = models.Manager["Inquiry"]()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="inquiry_newest"),
            # The two orders of the inbox, each followed by its filters, so that filtering reads the index alone.
            models.Index(
                fields=["status", "-received_at", "-id", "owner", "role", "language"], name="inquiry_by_newest"
            ),
            models.Index(
                fields=["status", "waiting_since", "id", "owner", "role", "language"], name="inquiry_by_due"
            ),
            # One colleague owns few of many cases.
            models.Index(fields=["owner", "status", "-received_at", "-id"], name="inquiry_of_owner_newest"),
            models.Index(fields=["owner", "status", "waiting_since", "id"], name="inquiry_of_owner_due"),
            # Few cases have a next step.
            models.Index(
                fields=["next_step_at", "id"],
                name="inquiry_by_next_step",
                condition=models.Q(next_step_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference  # the admin's own log stores str(); a reference is no secret
