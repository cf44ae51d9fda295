"""A colleague's own key to the inbox, and where it lies unlocked for a while."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StaffKey(models.Model):
    """One person's key pair. The private half lies under the inbox passphrase, which is stored nowhere.

    Opens nothing by itself: it takes a grant. A forgotten passphrase is a new row, which has to be let in anew.
    """

    # Not deleted along with a login: whoever had a key is removed from the keyring first, so that a new
    # generation follows.
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="inbox_key")
    public_key = models.BinaryField(max_length=32)
    locked_private = models.BinaryField()
    salt = models.BinaryField(max_length=16)
    memory_kib = models.PositiveIntegerField()  # what Argon2id cost when this passphrase was chosen
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
    """A private key that is in use in one session, under a key that only that browser's cookie holds."""

    session = models.CharField(max_length=64, unique=True)  # a digest: the row is no way into the session
    staff_key = models.ForeignKey(StaffKey, models.CASCADE)
    sealed_private = models.BinaryField()
    unlocked_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.staff_key_id}"


class UnlockTries(models.Model):
    """How often a passphrase was wrong since it was last right, and when the next try is taken."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    wrong = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.wrong}"
