"""Business hours: from Monday to Friday, except Norway's public holidays, on the clock of the clinic.

What is counted is elapsed time, so the nights in which clocks change make no difference. Christmas Eve and New
Year's Eve are ordinary days in law, and count.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

SATURDAY = 5
DAY = timedelta(days=1)


def add(moment: datetime, work: timedelta) -> datetime:
    """Return the time at which this much business time has passed since the moment."""
    for opens, closes in _days(moment, DAY):
        begins = max(moment, opens)
        if begins + work <= closes:
            return begins + work
        work -= max(closes - begins, timedelta())
    raise AssertionError("business days never end")


def subtract(moment: datetime, work: timedelta) -> datetime:
    """Return the latest time to which this much business time can be added without passing the moment."""
    for opens, closes in _days(moment, -DAY):
        ends = min(moment, closes)
        if ends - work >= opens:
            return ends - work
        work -= max(ends - opens, timedelta())
    raise AssertionError("business days never end")


def is_business_day(day: date) -> bool:
    """Say whether the office is open on this day."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


@lru_cache(maxsize=16)
def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of Norway in a year.

    A set for each year, because the library's own object grows while it is asked, which is not safe in threads.
    """
    # Imported late for a quick cold start: the import takes 60 ms, and no visitor's page needs it.
    from holidays import country_holidays

    return frozenset(country_holidays("NO", years=year, expand=False))


def _days(moment: datetime, step: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """Yield opening and closing time of each business day, from this day on, or backwards from it."""
    zone = timezone.get_default_timezone()
    day = moment.astimezone(zone).date()
    while True:
        if is_business_day(day):
            hours = (settings.OFFICE_OPENS, settings.OFFICE_CLOSES)
            opens, closes = (datetime.combine(day, hour, zone).astimezone(UTC) for hour in hours)
            yield opens, closes
        day += step
