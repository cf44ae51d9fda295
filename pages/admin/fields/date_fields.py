"""A day and a clock time in Norway, asked with the browser's own field."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


class MomentField(forms.DateTimeField):
    """A local time. One that the change of the clocks leaves out or repeats is refused in plain words."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            local = (getattr(error, "params", None) or {}).get("datetime")
            if not isinstance(local, datetime):
                raise ValidationError(_("Write day and time, for example 2027-03-01T08:00.")) from error
            raise ValidationError(_in_plain_words(local)) from error


def _in_plain_words(local: datetime) -> str:
    zone = timezone.get_current_timezone()
    before, after = (zone.utcoffset(local.replace(fold=fold)) for fold in (0, 1))
    if before is not None and after is not None and before < after:
        return _("The clocks are put forward that night, so this time does not exist. Choose another one.")
    return _("The clocks are put back that night, so this time comes twice. Choose another one.")
