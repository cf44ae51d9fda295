"""Statistics of a quarter: how many senders wrote, by role, by language and by waiting time; no single sender."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Quarter(models.Model):
    """Three months. Until the quarter is closed, it counts erased inquiries; then what is published."""

    start = models.DateField(_("quarter"), unique=True)  # its first day
    total = models.PositiveIntegerField(null=True)  # set when it is closed; None when there are too few to publish
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("quarter")
        verbose_name_plural = _("quarters")
        ordering = ["-start"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.start}"


class QuarterCount(models.Model):
    """One number of a quarter. None: the number is suppressed, and stored nowhere."""

    class Kind(models.TextChoices):
        """What is counted."""

        ROLE = "role", _("Who wrote")
        LANGUAGE = "language", _("Language")
        WAIT = "wait", _("Time to the first reply")

    class Wait(models.TextChoices):
        """From receipt to the first reply here."""

        DAY = "day", _("Within one day")
        THREE_DAYS = "three_days", _("Within three days")
        WEEK = "week", _("Within a week")
        LATER = "later", _("Later, or not in writing here")

    quarter = models.ForeignKey(Quarter, models.CASCADE, related_name="counts")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=10)  # a role, a language, or a Wait
    count = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("number of a quarter")
        verbose_name_plural = _("numbers of a quarter")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["quarter", "kind", "name"], name="one_count_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.quarter_id} {self.kind} {self.name}"
