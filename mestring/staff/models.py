"""What the site knows about logins, beside accounts and sessions."""

from django.db import models


class UsedCode(models.Model):
    """A row of the cache of CACHES, which holds one-time codes that were used, for as long as they would count.

    Django's cache reads and writes the table itself. It is a model so that migrations make it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"until {self.expires}"
