"""The keyring: the inbox's keys by generation, and who can open them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models.staff_key import StaffKey


class InboxKey(models.Model):
    """The public key of one generation of the inbox. New inquiries are sealed to the newest."""

    generation = models.PositiveIntegerField(_("generation"), unique=True)
    public_key = models.BinaryField(_("public key"), max_length=32)
    created = models.DateTimeField(_("created"), default=timezone.now)
    # A MAC of the public key under the private half of the generation before: only its holders can have made this
    # one (contact.keys.keyring). None for the first, and for those from before there were links.
    link = models.BinaryField(max_length=32, null=True)

    class Meta:
        verbose_name = _("inbox key")
        verbose_name_plural = _("inbox keys")

    def __str__(self) -> str:
        return f"{self.generation}"


class Grant(models.Model):
    """The private key of one generation, sealed to one principal, who can open the inbox with it."""

    class Principal(models.TextChoices):
        """Who can open the inbox."""

        SERVER = "server", _("the server")
        RECOVERY = "recovery", _("the recovery paper")
        STAFF = "staff", _("a colleague")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # known before sealing
    key = models.ForeignKey(InboxKey, models.PROTECT, related_name="grants", verbose_name=_("inbox key"))
    principal = models.CharField(_("principal"), max_length=10, choices=Principal)
    staff_key = models.ForeignKey(StaffKey, models.CASCADE, null=True, related_name="grants")
    sealed_private = models.BinaryField(_("sealed private key"))
    # To whom the key is sealed, so that the next generation can be sealed to the same holder; and a MAC over that
    # holder, which only a keyholder of this generation can have made (contact.keys.grants).
    holder_public = models.BinaryField(max_length=32, null=True)
    voucher = models.BinaryField(max_length=32, null=True)
    proven_at = models.DateTimeField(_("proven"), null=True)  # when a keyholder last typed the printed paper

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("who can open the inbox")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "principal"], name="one_grant_per_principal", condition=models.Q(staff_key=None)
            ),
            models.UniqueConstraint(fields=["key", "staff_key"], name="one_grant_per_colleague"),
            models.CheckConstraint(
                condition=models.Q(principal="staff", staff_key__isnull=False)
                | (~models.Q(principal="staff") & models.Q(staff_key__isnull=True)),
                name="a_staff_grant_names_its_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_id} {self.principal}"


class NewPaper(models.Model):
    """The public key of a paper that is printed but not proven yet. Until it is proven, the old paper counts."""

    public_key = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)
    # Who printed it: on a live site another colleague types it. None: a terminal without a colleague's name.
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("new recovery paper")
        verbose_name_plural = _("new recovery papers")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.made_at}"
