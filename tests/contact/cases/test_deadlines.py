"""An inquiry waits from its first unanswered words until a reply."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from contact.cases import status
from contact.cases.contact_attempts import ContactAttempt, Outcome, Way
from contact.cases.deadlines import due_at, overdue_inquiries, waiting_inquiries
from contact.cases.unread import newest_entry
from contact.cases.writing import notes, replies
from contact.models import Inquiry, Message
from contact.sender.thread import add_message
from tests.cast import logged_in
from tests.contact.conftest import FORM, NOTHING

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)  # ten o'clock in Oslo


@pytest.fixture(autouse=True)
def on_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        yield clock


def reply(inquiry, user, text="Hei."):
    replies.reply(inquiry, text, user, form=FORM, seen=newest_entry(inquiry))


def test_a_new_inquiry_is_due_after_so_many_office_hours(inquiry, settings):
    assert due_at(inquiry) == WEDNESDAY + timedelta(days=1)
    settings.INQUIRY_ANSWER_HOURS = 16
    assert due_at(inquiry) == WEDNESDAY + timedelta(days=2)


def test_a_case_is_overdue_from_its_deadline_on_and_not_before(inquiry):
    due = due_at(inquiry)
    assert not overdue_inquiries(due - timedelta(seconds=1)).exists()
    assert overdue_inquiries(due).get() == inquiry


def test_a_reply_ends_the_wait_and_a_note_does_not(inquiry, inquiry_staff):
    notes.add_note(inquiry, "Ringer i morgen.", inquiry_staff, form=FORM)
    assert waiting_inquiries().get() == inquiry
    reply(inquiry, inquiry_staff)
    inquiry.refresh_from_db()
    assert due_at(inquiry) is None
    assert not waiting_inquiries().exists()


def test_what_the_sender_adds_after_a_reply_begins_a_new_wait(inquiry, receipt, inquiry_staff, on_wednesday):
    reply(inquiry, inquiry_staff)
    on_wednesday.shift(timedelta(days=1))
    add_message(receipt.code, "Og så?", NOTHING)
    inquiry.refresh_from_db()
    assert due_at(inquiry) == WEDNESDAY + timedelta(days=2)


def test_a_sender_who_waits_and_adds_something_keeps_the_earlier_deadline(inquiry, receipt, on_wednesday):
    on_wednesday.shift(timedelta(hours=5))
    add_message(receipt.code, "Er det noen der?", NOTHING)
    inquiry.refresh_from_db()
    assert due_at(inquiry) == WEDNESDAY + timedelta(days=1)


def test_a_closed_case_does_not_wait_and_one_reopened_by_mistake_waits_as_before(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    assert due_at(inquiry) is None
    assert not waiting_inquiries().exists()
    status.reopen(inquiry, inquiry_staff)
    inquiry.refresh_from_db()
    assert due_at(inquiry) == WEDNESDAY + timedelta(days=1)


def test_what_the_sender_adds_to_a_closed_case_waits_from_then_on(inquiry, receipt, inquiry_staff, on_wednesday):
    status.close(inquiry, inquiry_staff, "recorded")
    on_wednesday.shift(timedelta(days=1))
    add_message(receipt.code, "Det begynte igjen.", NOTHING)
    inquiry.refresh_from_db()
    assert due_at(inquiry) == WEDNESDAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("said", "since"),
    [([], 0), (["note"], 0), (["reply"], None), (["sender", "reply"], None), (["reply", "sender", "sender"], 2),
     (["sender", "reply", "sender", "note"], 3), (["reply", "sender", "reply"], None), (["sender"], 0)],
)  # fmt: skip
def test_what_was_stored_before_waits_since_the_first_words_after_the_last_reply(inquiry, keyring, said, since):
    for hour, kind in enumerate(said, start=1):
        at = WEDNESDAY + timedelta(hours=hour)
        Message.objects.create(inquiry=inquiry, kind=kind, key=keyring, sealed=b"", written_at=at)
    Inquiry.objects.update(waiting_since=timezone.now() + timedelta(days=9))
    import_module("contact.migrations.0012_owner_and_waiting").since_first_unanswered_words(apps, None)
    inquiry.refresh_from_db()
    assert inquiry.waiting_since == (None if since is None else WEDNESDAY + timedelta(hours=since))


# --- what a colleague has found to be spam ---------------------------------------------------------


def test_a_case_marked_as_spam_does_not_wait_and_one_unmarked_waits_as_before(
    inquiry, inquiry_staff, on_wednesday
):
    on_wednesday.shift(timedelta(days=2))
    assert overdue_inquiries(timezone.now()).get() == inquiry
    status.mark_spam(inquiry, inquiry_staff)
    assert not waiting_inquiries().exists()
    shown = logged_in(inquiry_staff).get("/admin/contact/inquiry/?show=open").text
    assert inquiry.reference in shown
    assert "besvart" not in shown
    status.mark_no_spam(inquiry, inquiry_staff)
    inquiry.refresh_from_db()
    assert due_at(inquiry) == WEDNESDAY + timedelta(days=1)


def test_what_the_site_itself_quarantines_keeps_waiting(inquiry, inquiry_staff):
    Inquiry.objects.update(quarantined=True)
    status.mark_spam(inquiry, inquiry_staff)  # already marked: no colleague has looked at it
    assert waiting_inquiries().get() == inquiry


def test_marking_a_thread_as_spam_does_not_change_its_wait(inquiry, receipt, inquiry_staff):
    add_message(receipt.code, "Er det noen der?", NOTHING)
    status.mark_spam(inquiry, inquiry_staff)
    assert waiting_inquiries().get() == inquiry


@pytest.mark.parametrize("what", ["sender wrote", "nobody answered the telephone"])
def test_spam_that_becomes_a_thread_waits_as_if_it_had_never_been_marked(
    inquiry, receipt, inquiry_staff, on_wednesday, what
):
    status.mark_spam(inquiry, inquiry_staff)
    on_wednesday.shift(timedelta(hours=3))
    if what == "sender wrote":
        add_message(receipt.code, "Er det noen der?", NOTHING)
    else:
        notes.record_attempt(inquiry, ContactAttempt(Way.CALLED, Outcome.NO_ANSWER), inquiry_staff, form=FORM)
    inquiry.refresh_from_db()
    assert due_at(inquiry) == WEDNESDAY + timedelta(days=1)


@pytest.mark.parametrize("how", ["reply", "call"])
def test_spam_that_was_answered_does_not_wait_when_the_mark_is_taken_away(inquiry, inquiry_staff, how):
    status.mark_spam(inquiry, inquiry_staff)
    if how == "reply":
        reply(inquiry, inquiry_staff)
    else:
        notes.record_attempt(inquiry, ContactAttempt(Way.CALLED, Outcome.REACHED), inquiry_staff, form=FORM)
    status.mark_no_spam(inquiry, inquiry_staff)
    assert not waiting_inquiries().exists()


def test_what_the_sender_adds_to_answered_spam_waits_from_then_on(inquiry, receipt, inquiry_staff, on_wednesday):
    status.mark_spam(inquiry, inquiry_staff)
    reply(inquiry, inquiry_staff)
    on_wednesday.shift(timedelta(days=1))
    add_message(receipt.code, "Og så?", NOTHING)
    inquiry.refresh_from_db()
    assert due_at(inquiry) == WEDNESDAY + timedelta(days=2)
