"""Office hours are counted from Monday to Friday, past Norway's public holidays, as clocks go in Oslo."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact.cases.business_hours import after, before, is_working_day
from contact.cases.norwegian_holidays import holidays_of, is_public_holiday

OSLO = ZoneInfo("Europe/Oslo")
DAY_S_WORK = timedelta(hours=8)
MOMENTS = st.integers(0, 20 * 365 * 24 * 60 * 60).map(
    lambda s: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=s)
)
WORK = st.integers(1, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))


def oslo(*parts):
    return datetime(*parts, tzinfo=OSLO)


# As Norway's calendars have them.
@pytest.mark.parametrize(
    ("year", "movable"),
    [
        (2026, ["0402", "0403", "0405", "0406", "0514", "0524", "0525"]),
        (2027, ["0325", "0326", "0328", "0329", "0506", "0516", "0517"]),
        (2038, ["0422", "0423", "0425", "0426", "0603", "0613", "0614"]),
    ],
)
def test_the_holidays_of_a_year_are_the_fixed_ones_and_those_counted_from_easter(year, movable):
    fixed = {"0101", "0501", "0517", "1225", "1226"}
    assert {f"{day:%m%d}" for day in holidays_of(year)} == fixed | set(movable)


def test_christmas_eve_is_an_ordinary_day_in_law():
    assert not is_public_holiday(date(2026, 12, 24))


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
def test_an_answer_is_due_after_one_working_day(received, due):
    assert after(received, DAY_S_WORK) == due
    assert is_working_day(due.date())


def test_the_nights_in_which_clocks_change_take_and_give_nothing():
    spring, autumn = oslo(2026, 3, 27, 12), oslo(2026, 10, 23, 12)  # the Fridays before
    assert after(spring, DAY_S_WORK) - spring == timedelta(days=3, hours=-1)
    assert after(spring, DAY_S_WORK).astimezone(OSLO).hour == 12
    assert after(autumn, DAY_S_WORK) - autumn == timedelta(days=3, hours=1)
    assert after(autumn, DAY_S_WORK).astimezone(OSLO).hour == 12


@settings(max_examples=60)
@given(MOMENTS, WORK)
def test_nothing_is_ever_due_on_a_day_off_or_outside_office_hours(received, work):
    due = after(received, work).astimezone(OSLO)
    assert due.weekday() < 5
    assert not is_public_holiday(due.date())
    assert oslo(due.year, due.month, due.day, 8) < due <= oslo(due.year, due.month, due.day, 16)


@settings(max_examples=60)
@given(MOMENTS, st.integers(0, 10**6), WORK)
def test_what_came_later_is_never_due_earlier(received, seconds, work):
    assert after(received, work) <= after(received + timedelta(seconds=seconds), work)


@settings(max_examples=60)
@given(MOMENTS, st.integers(-(10**6), 10**6), WORK)
def test_counting_back_finds_exactly_what_is_over_due(now, seconds, work):
    received = before(now, work) + timedelta(seconds=seconds)
    assert (after(received, work) <= now) == (received <= before(now, work))


def test_other_office_hours_are_a_setting(settings):
    settings.OFFICE_OPENS, settings.OFFICE_CLOSES = time(9), time(15)
    assert after(oslo(2026, 11, 18, 22), DAY_S_WORK) == oslo(2026, 11, 20, 11)
