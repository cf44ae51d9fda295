"""The sign of life of the delivery process."""

from django.db import models


class Heartbeat(models.Model):
    """The one row that says when the delivery process, on whichever machine, was last seen at work."""

    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at}"
