"""Asking about a day that is far away, or on which the clinic does not answer: it may be a slip of the hand."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.admin.wording.due import format_whole_day
from contact.cases.next_step import is_unusual


class UnusualDayForm(forms.Form):
    """Takes an unusual time together with a tick whose value is this very time: any other is asked about anew."""

    use_required_attribute = False
    unusual = ""  # the value of the tick, while there is a time to ask about
    is_confirmed = False

    def usual_or_confirmed(self, at: datetime | None) -> datetime | None:
        """Return the time. Refuse an unusual one without its tick, with weekday and year: there a slip shows."""
        if at is None or not is_unusual(at, timezone.now()):
            return at
        self.unusual = at.isoformat()
        self.is_confirmed = self.data.get(self.add_prefix("unusual")) == self.unusual
        if self.is_confirmed:
            return at
        words = _("This is %(day)s. If that is right, tick below; otherwise choose another time.")
        raise ValidationError(words, code="unusual", params={"day": format_whole_day(at)})
