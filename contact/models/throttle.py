"""How many times a network has sent something, or tried to log in, without which network that is."""

from django.db import models
from django.utils import timezone


class ThrottleKey(models.Model):
    """The random key of one day. Once it is deleted, no digest reveals a network."""

    day = models.DateField(unique=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.day}"


class ThrottleCount(models.Model):
    """How many times one network, known only by a keyed digest, has sent something in one hour."""

    key = models.ForeignKey(ThrottleKey, models.CASCADE, related_name="counts")
    tag = models.CharField(max_length=32, unique=True)  # of the hour and the network
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.pk}"


class LoginTries(models.Model):
    """How many logins failed for an account or from a network, known only by a keyed digest."""

    tag = models.CharField(max_length=32, unique=True)
    tries = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now, db_index=True)
    # Until when the network counts as one that the account is used from.
    known_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.tries}"
