"""A slip in the month or the year of a promised call is asked about: with it a sender would wait for a year."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from contact.admin.wording.due import format_deadline
from contact.models import Inquiry, Message
from tests.contact.admin.case.test_replies import hidden, page_of, text_of
from tests.contact.conftest import CANARY, FORM

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=timezone.get_default_timezone())
LATE = "2027-09-30T10:00"
REPLY = {"reply-text": CANARY, "reply-form": str(FORM)}
STEP = {"step-what": "reply", "step-text": CANARY, "step-form": str(FORM)}
FORMS = [("reply", REPLY, "reply-call_at"), ("next-step", STEP, "step-at")]


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def press(client, inquiry, verb, sent):
    return client.post(page_of(inquiry, verb), {"reply-seen": ""} | sent)


def ticked(answer, name):
    """Return the tick that stands on the page, as a browser sends it."""
    return {name: hidden(answer.text, name)}


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (LATE, "torsdag 30. september 2027 kl. 10"),
        ("2027-02-01T10:30", "mandag 1. februar 2027 kl. 10.30"),
        ("2026-12-05T10:00", "lørdag 5. desember 2026 kl. 10"),
        ("2026-12-25T10:00", "fredag 25. desember 2026 kl. 10"),
    ],
)
@pytest.mark.parametrize(("verb", "sent", "field"), FORMS)
def test_a_far_day_and_a_day_off_are_asked_about_with_weekday_and_year(
    inquiry_client, inquiry, verb, sent, field, at, said
):
    asked = press(inquiry_client, inquiry, verb, sent | {field: at})
    assert (asked.status_code, Message.objects.count()) == (422, 0)
    assert f"Dette er {said}." in text_of(asked)
    assert CANARY in asked.text
    assert f'value="{at}"' in asked.text
    tick = ticked(asked, f"{field.partition('-')[0]}-unusual")
    other = press(inquiry_client, inquiry, verb, sent | {field: "2027-03-27T10:00"} | tick)
    assert (other.status_code, "27. mars 2027" in text_of(other)) == (422, True)
    assert press(inquiry_client, inquiry, verb, sent | {field: at} | tick).status_code == 302
    assert f"{timezone.localtime(Inquiry.objects.get().next_step_at):%Y-%m-%dT%H:%M}" == at


@pytest.mark.parametrize(("verb", "sent", "field"), FORMS)
def test_a_near_working_day_is_not_asked_about(inquiry_client, inquiry, verb, sent, field):
    assert press(inquiry_client, inquiry, verb, sent | {field: "2027-01-28T10:00"}).status_code == 302


def test_a_deadline_in_another_year_says_which():
    assert format_deadline(MONDAY + timedelta(days=10), MONDAY) == "10. desember kl. 09"
    assert format_deadline(MONDAY + timedelta(days=40), MONDAY) == "9. januar 2027 kl. 09"
    assert format_deadline(MONDAY + timedelta(days=3), MONDAY) == "torsdag kl. 09"
