"""Counting in office hours: from Monday to Friday, not on public holidays, as the clocks go where the clinic is.

What is counted is time that passes, so the nights in which clocks are changed make no difference.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from contact.cases.norwegian_holidays import is_public_holiday

SATURDAY = 5
DAY = timedelta(days=1)


def after(moment: datetime, work: timedelta) -> datetime:
    """Return when so much office time has passed since this moment."""
    for opens, closes in _days(moment, DAY):
        begins = max(moment, opens)
        if begins + work <= closes:
            return begins + work
        work -= max(closes - begins, timedelta())
    raise AssertionError("office days never end")


def before(moment: datetime, work: timedelta) -> datetime:
    """Return the latest time since which so much office time has passed: `after` of it is not later than this."""
    for opens, closes in _days(moment, -DAY):
        ends = min(moment, closes)
        if ends - work >= opens:
            return ends - work
        work -= max(ends - opens, timedelta())
    raise AssertionError("office days never end")


def is_working_day(day: date) -> bool:
    """Say whether the office is open on this day."""
    return day.weekday() < SATURDAY and not is_public_holiday(day)


def _days(moment: datetime, step: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """Yield opening and closing of each working day from this one on, or back from it."""
    zone = timezone.get_default_timezone()
    day = moment.astimezone(zone).date()
    while True:
        if is_working_day(day):
            hours = (settings.OFFICE_OPENS, settings.OFFICE_CLOSES)
            opens, closes = (datetime.combine(day, hour, zone).astimezone(UTC) for hour in hours)
            yield opens, closes
        day += step
