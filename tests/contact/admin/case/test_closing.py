"""Closing a case asks whether it is in the patient journal; a refused closing loses nothing that was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from contact.cases import status
from contact.cases.writing import notes, replies
from contact.models import AccessEntry, Inquiry
from contact.sender import thread
from tests.contact.admin.case.test_replies import page_of, text_of
from tests.contact.admin.test_reply_templates import reply_in
from tests.contact.conftest import CANARY, FORM, NOTHING

pytestmark = pytest.mark.django_db
QUESTION = "Er dette ført i pasientjournalen?"
NOBODY = "Ingen har svart her"
SINCE = "har skrevet mer siden"


def page(client, inquiry):
    return text_of(client.get(page_of(inquiry)))


@pytest.mark.parametrize("answer", ["", "yes", "recorded\x00"])
def test_nothing_is_closed_without_an_answer_and_all_that_was_typed_stays(inquiry_client, inquiry, answer):
    typed = {"reply-text": "Hei Sol", "note-text": "husk", "outside-text": "ringte", "close-journal": answer}
    refused = inquiry_client.post(page_of(inquiry, "close"), typed)
    assert refused.status_code == 422
    assert "Svar på dette før du lukker" in text_of(refused) or answer
    assert "verken sendt eller lagret" in text_of(refused)
    assert reply_in(refused) == "Hei Sol"
    assert "husk" in text_of(refused)
    assert "ringte" in text_of(refused)
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.journal) == ("open", "")


@pytest.mark.parametrize("name", ["reply-text", "note-text", "outside-text"])
def test_nothing_is_closed_over_words_that_are_neither_sent_nor_stored(inquiry_client, inquiry, name):
    typed = {"close-journal": "recorded", name: "Hei Sol"}
    refused = inquiry_client.post(page_of(inquiry, "close"), typed)
    assert refused.status_code == 422
    assert "verken sendt eller lagret" in text_of(refused)
    assert "Hei Sol" in text_of(refused)
    assert inquiry_client.post(page_of(inquiry, "close"), typed | {name: "  "}).status_code == 302


@pytest.mark.parametrize(
    ("answer", "action", "shown"),
    [("recorded", "journaled", "Ja, det er ført"), ("not_needed", "no_journal", "Nei, det trengs ikke")],
)
def test_the_answer_is_stored_logged_and_shown_and_asked_anew_after_reopening(
    inquiry_client, inquiry, answer, action, shown
):
    assert QUESTION in page(inquiry_client, inquiry)
    assert inquiry_client.post(page_of(inquiry, "close"), {"close-journal": answer}).status_code == 302
    assert Inquiry.objects.get().journal == answer
    assert AccessEntry.objects.filter(action=action, username="ivar").count() == 1
    closed = page(inquiry_client, inquiry)
    assert f"<dd>{shown}</dd>" in closed
    assert QUESTION not in closed
    erased_on = timezone.localdate(Inquiry.objects.get().closed_at + timedelta(days=30))
    assert f"Den slettes {date_format(erased_on)}" in closed
    inquiry_client.post(page_of(inquiry, "reopen"))
    assert "Den slettes" not in page(inquiry_client, inquiry)
    assert Inquiry.objects.get().journal == ""
    assert QUESTION in page(inquiry_client, inquiry)
    assert inquiry_client.post(page_of(inquiry, "close")).status_code == 422


def test_a_sender_who_writes_more_opens_the_case_and_the_question(receipt, inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    thread.add_message(receipt.code, CANARY, NOTHING)
    assert Inquiry.objects.get().journal == ""


def test_closing_an_unanswered_case_gives_a_warning_and_is_not_stopped(inquiry_client, inquiry):
    assert NOBODY in page(inquiry_client, inquiry)
    assert inquiry_client.post(page_of(inquiry, "close"), {"close-journal": "not_needed"}).status_code == 302


def test_the_warning_goes_with_the_answer_and_comes_again_when_the_sender_writes(
    inquiry_client, inquiry_staff, receipt, inquiry
):
    replies.reply(inquiry, "Svar", inquiry_staff, form=FORM, seen=None)
    assert NOBODY not in page(inquiry_client, inquiry)
    notes.add_note(inquiry, "Notat", inquiry_staff, form=FORM)
    assert SINCE not in page(inquiry_client, inquiry)
    thread.add_message(receipt.code, CANARY, NOTHING)
    assert SINCE in page(inquiry_client, inquiry)


def test_who_closes_what_is_closed_already_changes_nothing(inquiry_client, inquiry):
    inquiry_client.get(page_of(inquiry))
    for answer in ("recorded", "not_needed"):
        inquiry_client.post(page_of(inquiry, "close"), {"close-journal": answer})
    assert Inquiry.objects.get().journal == "recorded"
    assert AccessEntry.objects.filter(action__in=["closed", "journaled", "no_journal"]).count() == 2


def test_an_answer_that_is_none_closes_nothing(inquiry, inquiry_staff):
    with pytest.raises(ValueError, match="maybe"):
        status.close(inquiry, inquiry_staff, "maybe")


def test_an_editor_closes_nothing(editor_client, inquiry):
    assert editor_client.post(page_of(inquiry, "close"), {"close-journal": "recorded"}).status_code == 403
