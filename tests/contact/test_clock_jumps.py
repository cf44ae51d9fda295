"""The machine's clock jumps: nothing waits in silence until it catches up, and nothing stays open for longer."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contact.models import Delivery, Inquiry, Unlocked, UnlockTries
from contact.notifications import outbox
from contact.notifications.outbox import deliver_due
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from contact.unlocking import unlocking
from contact.unlocking.tries import LAST_WAIT
from tests.contact.conftest import CANARY, PASSPHRASE

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def ahead(by=YEAR):
    return time_machine.travel(timezone.now() + by, tick=False)


def send():
    return receive("patient", "nb", {"message": CANARY}, nonce_of(new_token()))


def test_mail_that_went_while_the_clock_ran_ahead_keeps_staff_from_hearing_of_nothing(keyring, mailoutbox):
    with ahead():
        send()
        assert deliver_due() == 1
    send()
    assert deliver_due() == 1
    assert len(mailoutbox) == 2


def test_a_lease_of_a_process_that_died_while_the_clock_ran_ahead_runs_out_at_once(keyring, mailoutbox):
    send()
    with ahead():
        Delivery.objects.update(leased_until=timezone.now() + outbox.LEASE)
    assert deliver_due() == 1


def test_what_was_put_off_while_the_clock_ran_ahead_is_tried_now(keyring, mailoutbox, monkeypatch):
    with ahead():
        send()
        monkeypatch.setattr(outbox, "message_to_staff", lambda _rows: 1 / 0)
        assert deliver_due() == 0
    monkeypatch.undo()
    assert deliver_due() == 1


def test_what_came_before_the_clock_was_set_back_is_mailed_and_what_came_before_it_jumped_ahead_too(
    keyring, mailoutbox
):
    with ahead(-YEAR):
        send()
    with ahead():
        send()
    assert deliver_due() == 1
    assert not Delivery.objects.filter(sent_at=None).exists()


@pytest.mark.parametrize(("jump", "has_its_code"), [(YEAR, True), (-YEAR, False)])
def test_an_open_form_is_taken_whatever_the_clock_says_and_sent_again_makes_no_second_inquiry(
    client, keyring, jump, has_its_code
):
    form = client.get("/kontakt/pasient/")["Location"]
    sent = {"message": CANARY, "step": "send"}
    with ahead(jump):
        first = client.post(form, sent)
    again = client.post(form, sent)
    assert (first.status_code, again.status_code) == (200, 200)
    reference = Inquiry.objects.get().reference
    assert reference in first.text
    assert (reference in again.text) == has_its_code  # for a clock that was a year behind, the half hour is over
    assert ("Vi viser den ikke igjen" in again.text) != has_its_code


def test_an_inbox_unlocked_while_the_clock_ran_ahead_is_locked_when_it_is_set_right(enrolled, inquiry_staff):
    with ahead():
        cookie = unlocking.unlock(inquiry_staff, "session", PASSPHRASE)
        assert unlocking.is_unlocked(inquiry_staff, "session", cookie)
    assert not unlocking.is_unlocked(inquiry_staff, "session", cookie)
    assert unlocking.delete_expired_unlocks() == 1
    assert not Unlocked.objects.exists()


def test_a_colleague_who_mistyped_while_the_clock_ran_ahead_is_not_kept_out_until_then(enrolled, inquiry_staff):
    with ahead():
        UnlockTries.objects.create(user=inquiry_staff, wrong=9, not_before=timezone.now() + LAST_WAIT)
    assert unlocking.unlock(inquiry_staff, "session", PASSPHRASE)
