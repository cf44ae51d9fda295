"""When the access log was last verified."""

from django.db import models


class Verification(models.Model):
    """The one row that says when the access log was last verified, and whether it was as it was written."""

    at = models.DateTimeField()
    is_whole = models.BooleanField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at}"
