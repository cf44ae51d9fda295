"""Facts take no page down, whatever dates a command has stored."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from pages.live.facts import Facts
from pages.models import EventDate, Notice
from tests import factories

pytestmark = pytest.mark.django_db
FIRST, LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize("day", [date.max, date(9998, 12, 31), date.min, date(1, 1, 2)])
def test_a_claim_until_the_calendar_s_end_takes_no_page_down(client, day):
    factories.front()
    factories.claim(confirmed_on=date(2026, 1, 5), valid_until=day)
    assert client.get("/").status_code == client.get("/kontakt/").status_code == 200


def test_gatherings_and_messages_at_the_calendar_s_ends_take_no_page_down(client):
    factories.front()
    EventDate.objects.create(event=factories.event(), starts_at=FIRST, ends_at=LAST)
    Notice.objects.create(text_nb="Stengt", starts_at=FIRST, ends_at=LAST)
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Stengt" in answer.text
    assert client.get("/avrusning/").status_code == 404


def test_the_next_change_is_the_first_one_that_can_come():
    at = timezone.now()
    factories.claim(confirmed_on=date(2026, 1, 5), valid_until=date.max)
    assert Facts.read(at=at).next_change is None
    made = factories.event(starts_in=timedelta(days=3))
    assert Facts.read(at=at).next_change == made.dates.get().ends_at
