"""Deadlines in words: until when a case should be answered, as one colleague would say it to another."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from contact.cases.deadlines import due_at, waits
from contact.models import Inquiry

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = 7  # days


def describe_deadline(inquiry: Inquiry, now: datetime) -> dict[str, Any]:
    """Return for a template until when a case should be answered, in words, and whether that is over."""
    due = due_at(inquiry)
    if due is None:
        # Spam that a colleague has marked waits no more either, nor a sender to whom a call is promised. Neither
        # has got an answer.
        is_answered = not (waits(inquiry) or inquiry.quarantined)
        return {"due": _("answered") if is_answered else "", "is_over": False}
    return {"due": format_deadline(due, now), "is_over": due <= now}


def format_deadline(due: datetime, now: datetime) -> str:
    """Return the day and the time, or for how long the case has been over time."""
    if due <= now:
        return _format_delay(now - due)
    local = timezone.localtime(due)
    clock = _format_clock(local)
    days = (local.date() - timezone.localdate(now)).days
    if days == 0:
        return _("today at %(time)s") % {"time": clock}
    if days == 1:
        return _("tomorrow at %(time)s") % {"time": clock}
    # Translators: a day, at a full weekday's name or as day and month (PHP-style date formats).
    day_format = "l" if days < WEEK else pgettext("day and month", "j F")
    if local.year != timezone.localdate(now).year and days >= WEEK:
        day_format = pgettext("date format", "j F Y")
    day = format_date(local, day_format)
    return _("%(day)s at %(time)s") % {"day": day, "time": clock}


def format_whole_day(at: datetime) -> str:
    """Return the day with its weekday and its year, and the time."""
    local = timezone.localtime(at)
    day = format_date(local, pgettext("date format with the day of the week", "l j F Y"))
    return _("%(day)s at %(time)s") % {"day": day, "time": _format_clock(local)}


def _format_clock(local: datetime) -> str:
    # Translators: the time of day, at a full hour and else (PHP-style date format).
    time_format = pgettext("full hour", "H:i") if local.minute == 0 else pgettext("time of day", "H:i")
    return format_date(local, time_format)


def _format_delay(late: timedelta) -> str:
    if late < HOUR:
        return _("less than an hour over time")
    if late < DAY:
        hours = late // HOUR
        return ngettext("%(count)d hour over time", "%(count)d hours over time", hours) % {"count": hours}
    days = late // DAY
    return ngettext("%(count)d day over time", "%(count)d days over time", days) % {"count": days}
