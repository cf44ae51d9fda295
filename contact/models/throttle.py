"""How many times a network has sent something in an hour, without which network that is."""

from django.db import models


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
