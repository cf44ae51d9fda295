"""The reply time on the receipt: from the inbox's own cases, and only when there are enough."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.utils import timezone, translation

from contact.models import Inquiry, Message
from contact.sender import reply_time
from tests.factories import clinic

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def answered(keyring):
    """Return a function that makes a case which was answered so long after it came."""

    def make(wait, ago=timedelta(days=5), kind="reply"):
        inquiry = Inquiry.objects.create(
            reference="AAAA-AAAA", locator=uuid4().hex, role="patient", language="nb", key=keyring, sealed=b"",
            received_at=NOW - ago - wait,
        )  # fmt: skip
        for later in (0, 50):
            Message.objects.create(
                inquiry=inquiry, kind=kind, key=keyring, sealed=b"", written_at=NOW - ago + timedelta(hours=later)
            )

    return make


def test_with_fewer_than_ten_replies_no_median_is_stated(answered):
    for _case in range(9):
        answered(timedelta(hours=3))
    assert reply_time.median_reply_time(NOW) is None
    assert reply_time.format_reply_time(NOW) == ""


def test_the_median_counts_first_replies_and_not_later_ones(answered):
    for hours in (1, 1, 1, 2, 2, 5, 5, 5, 90, 900):
        answered(timedelta(hours=hours))
    assert reply_time.median_reply_time(NOW) == timedelta(hours=5)


def test_what_was_answered_long_ago_or_only_noted_does_not_count(answered):
    for _case in range(10):
        answered(timedelta(hours=3), ago=timedelta(days=100))
        answered(timedelta(hours=3), kind="note")
        answered(timedelta(hours=3), kind="sender")
    assert reply_time.median_reply_time(NOW) is None


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        (timedelta(seconds=5), "1 time"), (timedelta(minutes=61), "2 timer"), (timedelta(hours=24), "24 timer"),
        (timedelta(hours=25), "2 dager"), (timedelta(days=9), "9 dager"),
    ],
)  # fmt: skip
def test_the_median_is_rounded_up_to_hours_or_days(monkeypatch, waited, words):
    monkeypatch.setattr(reply_time, "median_reply_time", lambda _now: waited)
    with translation.override("nb"):
        assert reply_time.format_reply_time(NOW) == words


def test_a_receipt_states_the_median_and_does_not_fail_without_it(client, answered, monkeypatch):
    clinic()
    for _case in range(10):
        answered(timedelta(hours=30))
    address = client.get("/kontakt/pasient/", follow=True).redirect_chain[0][0]
    sent = {"step": "send", "message": "hei"}
    assert "2 dager" in client.post(address, sent).content.decode()
    assert "2 dager" in client.get("/kontakt/tatt-vare-pa/").content.decode()

    def fail(_now):
        raise DatabaseError

    monkeypatch.setattr(reply_time, "median_reply_time", fail)
    answer = client.post(address, sent)
    assert answer.status_code == 200
    assert "2 dager" not in answer.content.decode()
