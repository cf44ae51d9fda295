"""The chain over the access log. What its words mean, and how it is built: contact/audit/hash_chain.py."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contact.models.access_entry import AccessEntry


class AuditSegment(models.Model):
    """One month of the chain. The row stays when the month is dropped, so that the next one can be verified."""

    number = models.PositiveIntegerField(primary_key=True)
    month = models.CharField(max_length=7)  # such as 2026-11, in UTC
    keep_until = models.DateField()  # settled when the month begins: a later setting does not shorten it
    first_link = models.BigIntegerField()
    starts_from = models.CharField(max_length=64)  # the digest before it; empty for the first
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("month of the access log")
        verbose_name_plural = _("months of the access log")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} {self.month}"


class AccessLink(models.Model):
    """One entry's place in the chain. Its number, counted through all months, decides between two chainers."""

    number = models.BigIntegerField(primary_key=True)
    segment = models.ForeignKey(AuditSegment, models.PROTECT, related_name="links")
    # Without a constraint: an entry that somebody took away has to be found, not to be impossible to look for.
    entry = models.OneToOneField(AccessEntry, models.DO_NOTHING, db_constraint=False, related_name="link")
    linked_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("link of the access log")
        verbose_name_plural = _("links of the access log")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}"
