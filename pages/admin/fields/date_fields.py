"""Dates and times in forms: the browser's own fields, in the reader's language and usable by keyboard."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

# What staff mean. At the calendar's ends a time zone or one more day leads past it, and an exception takes every
# page down that shows the date.
FIRST_YEAR, LAST_YEAR = 2000, 2099


def refuse_far_day(day: date) -> None:
    """Raise ValidationError for a date that is a slip of the keyboard, or "for ever" written as a date."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = _("Choose a day between %(first)d and %(last)d. Leave the field empty if there is no such day.")
        raise ValidationError(message % {"first": FIRST_YEAR, "last": LAST_YEAR}, code="far_day")


class MomentField(forms.DateTimeField):
    """A local time. One that does not exist, or comes twice, when the clocks change is refused with the reason."""

    shape = "%Y-%m-%dT%H:%M"
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=shape)

    @classmethod
    def shown(cls, moment: datetime | None) -> str:
        """Return a moment as the field shows it, to the minute."""
        return timezone.localtime(moment).strftime(cls.shape) if moment else ""

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
        except ValidationError as error:
            local = (getattr(error, "params", None) or {}).get("datetime")
            if not isinstance(local, datetime):
                raise ValidationError(_("Write day and time, for example 2027-03-01T08:00.")) from error
            refuse_far_day(local)
            raise ValidationError(_explain(local)) from error
        if moment is not None:
            refuse_far_day(moment)
        return moment


def _explain(local: datetime) -> str:
    zone = timezone.get_current_timezone()
    before, after = (zone.utcoffset(local.replace(fold=fold)) for fold in (0, 1))
    if before is not None and after is not None and before < after:
        return _("The clocks are put forward that night, so this time does not exist. Choose another one.")
    return _("The clocks are put back that night, so this time comes twice. Choose another one.")


FORMFIELD_OVERRIDES: dict[type[models.Field], dict[str, Any]] = {
    models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    models.DateTimeField: {"form_class": MomentField, "widget": MomentField.widget},
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 60})},
}
