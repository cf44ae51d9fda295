"""Event: a gathering that takes place again and again, on the dates that staff have set."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """A gathering. Its title and place also go into visitors' calendars, where others may read them."""

    key = models.SlugField(unique=True, null=True, editable=False)  # noqa: DJ001 (null: none, and unique)
    title = models.CharField(
        _("title"), max_length=80,
        help_text=_("It also stands in people's calendars, so no word about treatment or illness."),
    )  # fmt: skip
    text = models.TextField(
        _("text"), blank=True, help_text=_("Who it is for and what happens. Only on the website.")
    )
    place = models.CharField(_("place"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Mark the dates as changed too: in calendars each carries the title and the place."""
        super().save(*args, **kwargs)
        self.dates.update(changed=timezone.now())


class EventDateQuerySet(models.QuerySet["EventDate"]):
    """The dates of gatherings."""

    def coming(self, *, at: datetime) -> "EventDateQuerySet":
        """Return the dates that have not ended, cancelled ones included: a visitor may be on the way."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "pk")


class EventDate(models.Model):
    """One date of a gathering."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    cancelled = models.BooleanField(
        _("cancelled"), default=False, help_text=_("Tick instead of deleting, so that people see it is off.")
    )
    changed = models.DateTimeField(auto_now=True)

    objects = EventDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering = ["starts_at", "id"]

    def __str__(self) -> str:
        return timezone.localtime(self.starts_at).strftime("%d.%m.%Y %H:%M")

    def clean(self) -> None:
        """Refuse an end before the beginning."""
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It must end after it begins.")})
