"""Links to other websites, and whether they still work."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pages.models.reference import Reference

# A unique index of PostgreSQL holds 2,700 bytes. A longer address is a mistake, and is not listed.
LONGEST = 1000


class OutsideLink(Reference):
    """One web address, outside the website, that one edition names."""

    address = models.CharField(max_length=LONGEST)

    class Meta:
        verbose_name = _("link out of the website")
        verbose_name_plural = _("links out of the website")
        constraints = [models.UniqueConstraint(fields=["edition", "address"], name="one_outside_link_per_edition")]
        indexes = [
            models.Index(
                fields=["address", "newest", "shown_from", "shown_until", "page"], name="outside_link_address"
            ),
        ]

    def __str__(self) -> str:
        return self.address


class LinkCheck(models.Model):
    """The result of the last check of an address. `ok` is None when only a person can tell whether it works."""

    class Fault(models.TextChoices):
        """Why no usable answer came."""

        UNKNOWN = "unknown", _("There is no website at this address")
        SILENT = "silent", _("No server answers there")
        SLOW = "slow", _("It did not answer in time")
        CERTIFICATE = "certificate", _("Browsers warn against it: its certificate is not valid")
        ROUND = "round", _("It sends the reader on again and again")
        INSECURE = "insecure", _("It sends the reader on to an address that does not begin with https://")
        INSIDE = "inside", _("It leads into a closed network, and was not opened")
        UNREADABLE = "unreadable", _("This is not an address that can be opened")

    address = models.CharField(max_length=LONGEST, unique=True)
    checked_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=12, choices=Fault, blank=True)
    ok = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        indexes = [models.Index(fields=["ok", "address"], name="link_check_ok")]

    def __str__(self) -> str:
        return f"{self.address}: {self.fault or self.status}"

    def result(self) -> str | Promise:
        """Return the result in plain words."""
        if self.fault:
            return self.Fault(self.fault).label
        if self.ok:
            return _("Works")
        if self.ok is None:
            return _("Lets no machine in. Open the link and see for yourself")
        return _("The page is gone") if self.status in GONE else _("The website answers with a fault")


GONE = {404, 410}
LETS_NO_MACHINE_IN = {401, 403, 407, 429, 451, 999}


def is_ok(status: int) -> bool | None:
    """Say whether the status means that a visitor finds a page; None when only a person can tell."""
    if status in LETS_NO_MACHINE_IN:
        return None
    return 200 <= status < 300
