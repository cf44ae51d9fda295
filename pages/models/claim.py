"""Claim: one sentence about the clinic that a person must be able to answer for."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.languages import LANGUAGES, in_language
from pages.models.web_address import WebAddressField, https_only

# What the person who confirms it answers for: it never changes while the confirmation stays.
CONFIRMED = (*(f"text_{language}" for language in LANGUAGES), "source", "source_url", "valid_until")


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims by what visitors may see."""

    def for_visitors(self, *, on: date) -> "ClaimQuerySet":
        """Return the claims that are confirmed and not expired on that day."""
        valid = models.Q(valid_until=None) | models.Q(valid_until__gte=on)
        return self.filter(valid, confirmed_on__isnull=False)

    def to_confirm(self, *, on: date) -> "ClaimQuerySet":
        """Return those that wait for an answer: a change of one, or a whole one that has not run out."""
        whole = models.Q(confirmed_on=None) & ~models.Q(source="")
        written = models.Q(*((f"text_{code}__gt", "") for code in LANGUAGES), _connector=models.Q.OR)
        current = models.Q(valid_until=None) | models.Q(valid_until__gte=on)
        return self.filter(models.Q(waiting__isnull=False) | (whole & written & current))


class Claim(models.Model):
    """An approval, agreement, price, waiting time, opening hours. Unconfirmed or expired: on no page.

    It is not part of an edition: when it runs out it is gone from every page at once, and when it is
    confirmed no page has to be published again.
    """

    key = models.SlugField(unique=True, null=True, editable=False)  # noqa: DJ001 (null: none, and unique)
    name = models.CharField(_("what it is about"), max_length=80, help_text=_("Only staff see this."))
    text = models.CharField(
        _("sentence"), max_length=300, blank=True,
        help_text=_("One whole sentence that is true today. Empty in a language: not shown there."),
    )  # fmt: skip
    source = models.CharField(
        _("source"),
        max_length=150,
        blank=True,
        help_text=_("Who says so: an authority, an agreement, a decision."),
    )
    source_url = WebAddressField(
        _("web address of the source"), max_length=500, blank=True, validators=[https_only]
    )
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True,
        help_text=_("The last day it holds. The day after, it is gone from every page by itself."),
    )  # fmt: skip
    confirmed_on = models.DateField(_("confirmed"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    # A change of what was confirmed: the new value of each column in CONFIRMED. Visitors see the columns.
    waiting = models.JSONField(null=True, editable=False)
    position = models.PositiveIntegerField(_("position"), default=100)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim about the clinic")
        verbose_name_plural = _("claims about the clinic")
        ordering = ["position", "id"]
        permissions = [("confirm_claim", "Can confirm that a claim is true")]

    class State(models.TextChoices):
        """Whether visitors see it."""

        EXPIRED = "expired", _("Expired: on no page")
        CONFIRMED = "confirmed", _("Confirmed: visitors see it")
        CHANGED = "changed", _("Confirmed: visitors see it. A change waits to be confirmed")
        UNCONFIRMED = "unconfirmed", _("Not confirmed: on no page")

    def __str__(self) -> str:
        return self.name

    def state(self, *, on: date) -> "Claim.State":
        """Return whether visitors see the claim on that day; expiry weighs more than confirmation."""
        if self.valid_until and self.valid_until < on:
            return self.State.EXPIRED
        if not self.confirmed_on:
            return self.State.UNCONFIRMED
        return self.State.CHANGED if self.waiting else self.State.CONFIRMED

    def confirm(self, *, by: User, on: date) -> None:
        """Let visitors see it, as its columns are now; `by` answers for it."""
        self.confirmed_on, self.confirmed_by, self.waiting = on, by, None

    def withdraw(self) -> None:
        """Hide it from visitors."""
        self.confirmed_on = self.confirmed_by = self.waiting = None

    def let_wait(self, confirmed: "Claim") -> None:
        """Put the columns back to what was confirmed, and keep what they say now until it is confirmed."""
        changed = {name: getattr(self, name) for name in CONFIRMED}
        before = {name: getattr(confirmed, name) for name in CONFIRMED}
        for name, value in before.items():
            setattr(self, name, value)
        last_day = changed["valid_until"]
        written = changed | {"valid_until": last_day.isoformat() if last_day else None}
        self.waiting = None if changed == before else written

    def waiting_values(self) -> dict[str, Any]:
        """Return the change that waits, as values of the columns."""
        last_day = (self.waiting or {}).get("valid_until")
        return (self.waiting or {}) | ({"valid_until": date.fromisoformat(last_day)} if last_day else {})

    def what_lacks(self) -> list[str]:
        """Return what must be filled in before it can be confirmed."""
        lacking = []
        if not any(in_language(self, "text", language) for language in LANGUAGES):
            lacking.append(str(_("Write the sentence first.")))
        if not self.source:
            lacking.append(str(_("Say who stands behind it first.")))
        return lacking
