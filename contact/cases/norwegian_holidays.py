"""The public holidays of Norway: five that stand still, and seven that follow Easter.

They are those of the law on Sundays and public holidays (LOV-1995-02-24-12, § 2), and 1 and 17 May
(LOV-1947-04-26-1).
Easter comes from dateutil, which computes it as R. M. Oudin wrote it down (Explanatory Supplement to the
Astronomical Almanac, 1992).
"""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
# Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday.
DAYS_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)


def is_public_holiday(day: date) -> bool:
    """Say whether Norway rests on this day, Sundays apart."""
    return day in holidays_of(day.year)


@lru_cache(maxsize=16)
def holidays_of(year: int) -> frozenset[date]:
    """Return the public holidays of a year."""
    sunday = easter(year)
    fixed = {date(year, month, day) for month, day in FIXED}
    return frozenset(fixed | {sunday + timedelta(days) for days in DAYS_FROM_EASTER})
