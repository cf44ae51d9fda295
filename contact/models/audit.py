"""The hash chain over the access log. contact/audit/hash_chain.py says how it is built and what its words mean."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contact.models.access_entry import AccessEntry


class AuditSegment(models.Model):
    """One month of the chain. The row stays when the month is dropped, so that the next month can be verified."""

    number = models.PositiveIntegerField(primary_key=True)
    month = models.CharField(max_length=7)  # such as 2026-11, in UTC
    keep_until = models.DateField()  # set when the month begins: a later setting does not shorten it
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
    """One entry's link in the chain. Numbers run through all months; of two processes, one gets each number."""

    number = models.BigIntegerField(primary_key=True)
    segment = models.ForeignKey(AuditSegment, models.PROTECT, related_name="links")
    # Without a constraint, so that verification can report a link whose entry was removed.
    entry = models.OneToOneField(AccessEntry, models.DO_NOTHING, db_constraint=False, related_name="link")
    linked_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("link of the access log")
        verbose_name_plural = _("links of the access log")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}"
