"""Once a week staff read one line that everything arrived; in a week without it their first page says so."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from contact.models import Delivery, Rehearsal
from contact.notifications.outbox import deliver_due
from contact.rehearsal.state import last_week

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 5, 18, 6, 30, tzinfo=UTC)  # half past eight in Norway
ARRIVED = "kom fram hver natt denne uken, sist 18. mai 2026 klokken 05:04."
MISSING = "kom ikke alle fram denne uken"


@pytest.fixture
def nights():
    """Rehearsals of so many nights up to Monday's; all but `failed` went well."""

    def make(number, failed=()):
        for night in range(number):
            at = MONDAY.replace(hour=3, minute=4) - timedelta(days=night)
            how = "form" if night in failed else ""
            Rehearsal.objects.create(begun_at=at, ended_at=at, failed=how)

    return make


def first_page(client):
    with time_machine.travel(MONDAY, tick=False):
        return " ".join(client.get("/admin/").text.split())


def test_a_whole_week_is_told_on_monday_morning_and_on_the_first_page(nights, mailbox, inquiry_client):
    nights(9)
    with time_machine.travel(MONDAY, tick=False):
        assert [deliver_due(), deliver_due()] == [1, 0]
    mail = mailbox.taken[-1]
    assert mail["Subject"] == "Prøvehenvendelsene kom fram hver natt"
    assert ARRIVED in " ".join(mail.get_content().split())
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        assert deliver_due() == 0
    page = first_page(inquiry_client)
    assert ARRIVED in page
    assert MISSING not in page


@pytest.mark.parametrize(
    "failed", [(0,), (3,), (6,), range(9)], ids=["last night", "once", "a week ago", "always"]
)
def test_a_week_with_a_night_that_failed_brings_no_mail_and_a_line_to_act_on(
    nights, failed, mailbox, inquiry_client
):
    nights(9, failed)
    with time_machine.travel(MONDAY, tick=False):
        assert deliver_due() == 0
    assert not Delivery.objects.exists()
    page = first_page(inquiry_client)
    assert MISSING in page
    assert "kom fram hver natt" not in page


def test_while_the_forms_are_closed_no_colleague_is_asked_to_tell_the_operator(nights, inquiry_client, settings):
    nights(9, {0, 1})
    settings.INQUIRY_GATE = "builtins.bool"  # bool() is False
    assert MISSING not in first_page(inquiry_client)


def test_a_site_that_has_rehearsed_for_less_than_a_week_says_nothing(nights, mailbox, inquiry_client):
    nights(6)
    with time_machine.travel(MONDAY, tick=False):
        assert (deliver_due(), last_week(MONDAY)) == (0, None)
    page = first_page(inquiry_client)
    assert MISSING not in page
    assert "kom fram hver natt" not in page


def test_the_line_stands_in_the_reminder_of_what_is_unread_too(nights, mailbox, inquiry):
    nights(9)
    deliver_due()
    type(inquiry).objects.update(received_at=MONDAY - timedelta(days=3))
    Delivery.objects.update(sent_at=MONDAY - timedelta(days=3))
    with time_machine.travel(MONDAY, tick=False):
        assert deliver_due() == 1
    mail = mailbox.taken[-1]
    assert mail["Subject"] == "1 henvendelse er ikke lest"
    assert ARRIVED in " ".join(mail.get_content().split())


def test_editors_hear_nothing_of_it(nights, editor_client):
    nights(9, failed=(1,))
    assert MISSING not in first_page(editor_client)
