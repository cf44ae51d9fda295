"""Sender and staff are told the same day of erasing, and that is the day on which it happens."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contact.admin.case.panels import erasing_panel
from contact.cases import status
from contact.crypto.return_code import format_code
from contact.models import Inquiry
from contact.retention import legal_holds
from contact.retention.erasing_round import erase_expired
from contact.sender.thread import add_message, open_thread
from tests.contact.conftest import NOTHING

pytestmark = pytest.mark.django_db


def leave_open(inquiry, user, code):
    pass


def mark_spam(inquiry, user, code):
    status.mark_spam(inquiry, user)


def close(inquiry, user, code):
    status.close(inquiry, user, "recorded")


def close_and_reopen(inquiry, user, code):
    close(inquiry, user, code)
    status.reopen(inquiry, user)


def close_and_write_more(inquiry, user, code):
    close(inquiry, user, code)
    add_message(code, "En ting til", NOTHING)


def close_spam(inquiry, user, code):
    mark_spam(inquiry, user, code)
    close(inquiry, user, code)


def close_and_hold(inquiry, user, code):
    close(inquiry, user, code)
    legal_holds.hold(inquiry, "claim", user)


def close_hold_and_release(inquiry, user, code):
    close_and_hold(inquiry, user, code)
    legal_holds.release(inquiry, user)


WITHOUT_A_DAY = [leave_open, mark_spam, close_and_reopen, close_and_write_more, close_and_hold]
WITH_A_DAY = [close, close_spam, close_hold_and_release]


@pytest.fixture(params=WITHOUT_A_DAY + WITH_A_DAY)
def stated(request, receipt, inquiry, inquiry_staff):
    """A case in each of its states, and whether there is a day on which it goes."""
    request.param(inquiry, inquiry_staff, receipt.code)
    return Inquiry.objects.get(), request.param in WITH_A_DAY


@pytest.mark.django_db(transaction=True)
def test_sender_and_staff_are_told_the_same_day_and_only_of_what_is_closed_and_not_held(stated, receipt):
    inquiry, has_a_day = stated
    day = erasing_panel(inquiry)["erased_on"]
    assert (day is not None) is has_a_day
    assert open_thread(receipt.code).erased_on == day


def test_the_sender_of_a_held_case_is_told_that_it_is_closed_and_of_no_day(
    client, inquiry, inquiry_staff, receipt
):
    close_and_hold(inquiry, inquiry_staff, receipt.code)
    page = client.post("/kontakt/svar/", {"code": format_code(receipt.code)}).text
    assert "Vi har lukket henvendelsen. Det er ikke bestemt når alt blir slettet." in page


def test_neither_sender_nor_staff_are_told_of_days_while_an_open_case_is_held(
    client, inquiry_client, inquiry, inquiry_staff, receipt
):
    def told():
        sender = client.post("/kontakt/svar/", {"code": format_code(receipt.code)}).text
        staff = inquiry_client.get(f"/admin/contact/inquiry/{inquiry.pk}/change/").text
        return [" ".join(page.split()) for page in (sender, staff)]

    sender, staff = told()
    assert "Når vi lukker henvendelsen, blir alt slettet etter 30 dager." in sender
    assert "slettes etter 30 dager." in staff
    legal_holds.hold(inquiry, "claim", inquiry_staff)
    sender, staff = told()
    assert "slettet etter 30 dager" not in sender
    assert "Det er ikke bestemt når alt blir slettet. Du kan slette det nå." in sender
    assert "slettes etter 30 dager." not in staff


@pytest.mark.parametrize("close_in_some_way", [close, close_spam])
def test_it_is_erased_on_that_day_and_not_before(inquiry, inquiry_staff, receipt, close_in_some_way, settings):
    settings.INQUIRY_RETENTION_DAYS = 5
    close_in_some_way(inquiry, inquiry_staff, receipt.code)
    day = erasing_panel(Inquiry.objects.get())["erased_on"]
    assert day is not None
    assert day - timezone.now() < timedelta(days=5)
    with time_machine.travel(day - timedelta(minutes=1), tick=False):
        assert erase_expired() == 0
    with time_machine.travel(day, tick=False):
        assert erase_expired() == 1
