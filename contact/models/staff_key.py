"""A colleague's own key to the inbox, and where it is unlocked for a while."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StaffKey(models.Model):
    """One colleague's key pair. The private key is encrypted under the inbox passphrase, which is never stored.

    The key alone opens nothing: it takes a grant. After a forgotten passphrase the colleague gets a new row, which
    needs new grants.
    """

    # PROTECT: a keyholder is removed from the keyring before the account is deleted, so that a new generation
    # follows.
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="inbox_key")
    public_key = models.BinaryField(max_length=32)
    locked_private = models.BinaryField()
    salt = models.BinaryField(max_length=16)
    memory_kib = models.PositiveIntegerField()  # the cost of Argon2id when this passphrase was chosen
    passes = models.PositiveIntegerField()
    lanes = models.PositiveIntegerField()
    created = models.DateTimeField(default=timezone.now)
    passphrase_set = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("inbox passphrase")
        verbose_name_plural = _("your inbox passphrase")

    def __str__(self) -> str:
        return f"{self.user_id}"


class Unlocked(models.Model):
    """A private key in use in one session, encrypted under a key that only the cookie of that browser holds."""

    session = models.CharField(max_length=64, unique=True)  # a digest: the row gives no access
    staff_key = models.ForeignKey(StaffKey, models.CASCADE)
    sealed_private = models.BinaryField()
    unlocked_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.staff_key_id}"


class Tries(models.Model):
    """How many tries of one kind a colleague has made, and when the next one is accepted."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    wrong = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.wrong}"


class UnlockTries(Tries):
    """Wrong inbox passphrases since the last right one."""


class ChoiceTries(Tries):
    """Passphrases that were to be chosen, right or wrong: each answer tells whether it is the login password."""
