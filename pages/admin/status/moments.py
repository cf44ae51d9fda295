"""A moment as staff read it."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def format_moment(moment: datetime) -> str:
    """Return the day and the time of day at the clinic."""
    local = timezone.localtime(moment)
    return _("%(day)s at %(time)s") % {
        "day": date_format(local, "j. F Y"), "time": date_format(local, "H:i"),
    }  # fmt: skip
