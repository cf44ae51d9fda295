"""Colleagues mark spam and take the mark away, and the page says what will happen to the inquiry."""

import pytest

from contact.cases import status
from contact.cases.contact_attempts import ContactAttempt, Outcome, Way
from contact.cases.writing import notes, replies
from contact.models import AccessEntry, Inquiry
from contact.retention import legal_holds
from contact.retention.erasing_round import erase_expired
from contact.sender import thread
from tests.contact.admin.case.test_replies import page_of, text_of
from tests.contact.conftest import CANARY, FORM, NOTHING
from tests.contact.retention.test_schedule import after

pytestmark = pytest.mark.django_db
BY_ITSELF = "dager, slettes den av seg selv"
MARKED = "Det du merker, slettes av seg selv"
STAYS = "slettes den ikke av seg selv"


def page(client, inquiry):
    return text_of(client.get(page_of(inquiry)))


def test_spam_is_marked_and_unmarked_and_both_are_logged_once(inquiry_client, editor_client, inquiry):
    for verb, marked in (("spam", True), ("not-spam", False)):
        assert editor_client.post(page_of(inquiry, verb)).status_code == 403
        assert inquiry_client.get(page_of(inquiry, verb)).status_code == 302
        for _click in "ab":
            assert inquiry_client.post(page_of(inquiry, verb)).status_code == 302
        assert Inquiry.objects.get().quarantined is marked
    logged = AccessEntry.objects.filter(username="ivar", action__in=["spam", "not_spam"])
    assert [entry.action for entry in logged] == ["not_spam", "spam"]


def test_an_inquiry_marked_as_spam_is_erased_thirty_days_after_the_last_look(inquiry_client, inquiry):
    assert MARKED in page(inquiry_client, inquiry)
    inquiry_client.post(page_of(inquiry, "spam"))
    assert BY_ITSELF in page(inquiry_client, inquiry)
    with after(days=29):
        assert erase_expired() == 0
    with after(days=31):
        assert erase_expired() == 1


@pytest.mark.parametrize("what", ["answered", "sender wrote", "rung"])
def test_spam_that_has_become_a_thread_stays_and_its_page_says_so(
    inquiry_client, inquiry_staff, receipt, inquiry, what
):
    status.mark_spam(inquiry, inquiry_staff)
    if what == "answered":
        replies.reply(inquiry, "Svar", inquiry_staff, form=FORM, seen=None)
    elif what == "rung":
        notes.record_attempt(inquiry, ContactAttempt(Way.CALLED, Outcome.REACHED), inquiry_staff, form=FORM)
    else:
        thread.add_message(receipt.code, CANARY, NOTHING)
    shown = page(inquiry_client, inquiry)
    assert STAYS in shown
    assert BY_ITSELF not in shown
    with after(days=400):
        assert erase_expired() == 0


def test_spam_on_a_legal_hold_stays_and_its_page_says_so(inquiry_client, inquiry_staff, inquiry):
    status.mark_spam(inquiry, inquiry_staff)
    legal_holds.hold(inquiry, "claim", inquiry_staff)
    shown = page(inquiry_client, inquiry)
    assert "dere tar vare på den, så den slettes ikke" in shown
    assert BY_ITSELF not in shown


def test_a_note_does_not_keep_spam_from_being_erased_and_the_page_says_so(inquiry_client, inquiry_staff, inquiry):
    status.mark_spam(inquiry, inquiry_staff)
    notes.add_note(inquiry, "Reklame", inquiry_staff, form=FORM)
    assert BY_ITSELF in page(inquiry_client, inquiry)


def test_the_page_of_a_closed_case_says_nothing_about_spam(inquiry_client, inquiry_staff, inquiry):
    status.close(inquiry, inquiry_staff, "not_needed")
    assert "spam-title" not in page(inquiry_client, inquiry)
