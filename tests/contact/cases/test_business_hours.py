"""Business hours are counted from Monday to Friday, except Norway's public holidays, on the clock of Oslo."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact.cases.business_hours import add, is_business_day, public_holidays, subtract
from tests.proofs import examples

OSLO = ZoneInfo("Europe/Oslo")
ONE_DAY = timedelta(hours=8)
MOMENTS = st.integers(0, 20 * 365 * 24 * 60 * 60).map(
    lambda s: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=s)
)
WORK = st.integers(1, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))


def oslo(*parts):
    return datetime(*parts, tzinfo=OSLO)


# Easter Sundays from 2020 to 2040, as Norway's calendars have them.
EASTER = [
    "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05",
    "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13", "2032-03-28", "2033-04-17",
    "2034-04-09", "2035-03-25", "2036-04-13", "2037-04-05", "2038-04-25", "2039-04-10", "2040-04-01",
]  # fmt: skip
FIXED = ["01-01", "05-01", "05-17", "12-25", "12-26"]
# Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday.
DAYS_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)


@pytest.mark.parametrize("sunday", [date.fromisoformat(day) for day in EASTER], ids=str)
def test_the_public_holidays_are_five_fixed_days_and_seven_that_follow_easter(sunday):
    fixed = {date.fromisoformat(f"{sunday.year}-{day}") for day in FIXED}
    assert public_holidays(sunday.year) == fixed | {sunday + timedelta(days) for days in DAYS_FROM_EASTER}


# As Norway's calendars have them, written out.
@pytest.mark.parametrize(
    ("year", "movable"),
    [
        (2026, ["0402", "0403", "0405", "0406", "0514", "0524", "0525"]),
        (2027, ["0325", "0326", "0328", "0329", "0506", "0516", "0517"]),
        (2038, ["0422", "0423", "0425", "0426", "0603", "0613", "0614"]),
    ],
)
def test_the_holidays_of_a_year_are_those_of_a_printed_calendar(year, movable):
    fixed = {"0101", "0501", "0517", "1225", "1226"}
    assert {f"{day:%m%d}" for day in public_holidays(year)} == fixed | set(movable)


@pytest.mark.parametrize("day", ["2026-12-24", "2026-12-31", "2027-12-24", "2030-05-16"])
def test_christmas_eve_and_other_half_days_are_business_days(day):
    assert is_business_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (oslo(2026, 11, 18, 10, 15), oslo(2026, 11, 19, 10, 15)),  # in office hours: the same time the next day
        (oslo(2026, 11, 18, 22), oslo(2026, 11, 19, 16)),  # at night: the whole next day
        (oslo(2026, 11, 20, 14), oslo(2026, 11, 23, 14)),  # on Friday: on Monday
        (oslo(2026, 11, 21, 12), oslo(2026, 11, 23, 16)),  # on Saturday
        (oslo(2026, 4, 1, 12), oslo(2026, 4, 7, 12)),  # before Easter: after Easter Monday
        (oslo(2026, 5, 13, 12), oslo(2026, 5, 15, 12)),  # past Ascension Day
        (oslo(2026, 12, 24, 12), oslo(2026, 12, 28, 12)),
    ],
)
def test_an_answer_is_due_after_one_business_day(received, due):
    assert add(received, ONE_DAY) == due
    assert is_business_day(due.date())


def test_the_nights_in_which_clocks_change_take_and_give_nothing():
    spring, autumn = oslo(2026, 3, 27, 12), oslo(2026, 10, 23, 12)  # the Fridays before
    assert add(spring, ONE_DAY) - spring == timedelta(days=3, hours=-1)
    assert add(spring, ONE_DAY).astimezone(OSLO).hour == 12
    assert add(autumn, ONE_DAY) - autumn == timedelta(days=3, hours=1)
    assert add(autumn, ONE_DAY).astimezone(OSLO).hour == 12


@settings(max_examples=examples(60))
@given(MOMENTS, WORK)
def test_nothing_is_ever_due_on_a_day_off_or_outside_office_hours(received, work):
    due = add(received, work).astimezone(OSLO)
    assert due.weekday() < 5
    assert due.date() not in public_holidays(due.year)
    assert oslo(due.year, due.month, due.day, 8) < due <= oslo(due.year, due.month, due.day, 16)


@settings(max_examples=examples(60))
@given(MOMENTS, st.integers(0, 10**6), WORK)
def test_what_came_later_is_never_due_earlier(received, seconds, work):
    assert add(received, work) <= add(received + timedelta(seconds=seconds), work)


@settings(max_examples=examples(60))
@given(MOMENTS, st.integers(-(10**6), 10**6), WORK)
def test_counting_back_finds_exactly_what_is_overdue(now, seconds, work):
    received = subtract(now, work) + timedelta(seconds=seconds)
    assert (add(received, work) <= now) == (received <= subtract(now, work))


def test_other_office_hours_are_a_setting(settings):
    settings.OFFICE_OPENS, settings.OFFICE_CLOSES = time(9), time(15)
    assert add(oslo(2026, 11, 18, 22), ONE_DAY) == oslo(2026, 11, 20, 11)
