"""Sender and staff are told the same day of erasing, and that is the day on which it happens."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contact.admin.case.panels import closing_panel
from contact.cases import status
from contact.models import Inquiry
from contact.retention import legal_holds
from contact.retention.erasing_round import erase_expired
from contact.retention.schedule import erased_on
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


OPEN = [leave_open, mark_spam, close_and_reopen, close_and_write_more]
CLOSED = [close, close_spam, close_and_hold]


@pytest.fixture(params=OPEN + CLOSED)
def stated(request, receipt, inquiry, inquiry_staff):
    """A case in each of its states, and whether it is closed."""
    request.param(inquiry, inquiry_staff, receipt.code)
    return Inquiry.objects.get(), request.param in CLOSED


@pytest.mark.django_db(transaction=True)
def test_sender_and_staff_are_told_the_same_day_and_only_of_what_is_closed(stated, receipt):
    inquiry, is_closed = stated
    day = erased_on(inquiry)
    assert (day is not None) is is_closed
    assert open_thread(receipt.code).erased_on == day
    assert closing_panel(inquiry)["erased_on"] == day


@pytest.mark.parametrize("close_in_some_way", [close, close_spam])
def test_it_is_erased_on_that_day_and_not_before(inquiry, inquiry_staff, receipt, close_in_some_way, settings):
    settings.INQUIRY_RETENTION_DAYS = 5
    close_in_some_way(inquiry, inquiry_staff, receipt.code)
    day = erased_on(Inquiry.objects.get())
    assert day is not None
    assert day - timezone.now() < timedelta(days=5)
    with time_machine.travel(day - timedelta(minutes=1), tick=False):
        assert erase_expired() == 0
    with time_machine.travel(day, tick=False):
        assert erase_expired() == 1
