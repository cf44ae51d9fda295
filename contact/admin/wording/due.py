"""Until when something should be answered, as one colleague would say it."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = 7  # days


def spoken(due: datetime, now: datetime) -> str:
    """Return when, or for how long it has been over time."""
    if due <= now:
        return _over(now - due)
    local = timezone.localtime(due)
    # Translators: the time of day, at a full hour and else (PHP-style date format).
    clock = written(local, pgettext("full hour", "H:i") if local.minute == 0 else pgettext("time of day", "H:i"))
    days = (local.date() - timezone.localdate(now)).days
    if days == 0:
        return _("today at %(time)s") % {"time": clock}
    if days == 1:
        return _("tomorrow at %(time)s") % {"time": clock}
    # Translators: a day, at a full weekday's name or as day and month (PHP-style date formats).
    day = written(local, "l" if days < WEEK else pgettext("day and month", "j F"))
    return _("%(day)s at %(time)s") % {"day": day, "time": clock}


def _over(late: timedelta) -> str:
    if late < HOUR:
        return _("less than an hour over time")
    if late < DAY:
        hours = late // HOUR
        return ngettext("%(count)d hour over time", "%(count)d hours over time", hours) % {"count": hours}
    days = late // DAY
    return ngettext("%(count)d day over time", "%(count)d days over time", days) % {"count": days}
