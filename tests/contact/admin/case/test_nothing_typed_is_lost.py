"""A case and what is typed on it: no button loses a word, and no case is closed over unread words."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contact.cases import deadlines, status
from contact.cases.unread import unread_inquiries
from contact.models import AccessEntry, Inquiry, ReplyTemplate
from contact.retention import erasing_round
from contact.sender import thread
from tests.contact.admin.case.test_replies import hidden, page_of, text_of
from tests.contact.admin.test_reply_templates import choose, reply_in
from tests.contact.conftest import CANARY, FORM, NOTHING, PASSPHRASE

pytestmark = pytest.mark.django_db
RECORDED = {"close-journal": "recorded"}
NOT_SEEN = "Her er det noe du ikke har sett"


def close(client, inquiry, page):
    return client.post(page_of(inquiry, "close"), RECORDED | {"reply-seen": hidden(page.text, "reply-seen")})


def test_what_the_sender_writes_while_a_case_is_open_is_not_closed_unread(inquiry_client, receipt, inquiry):
    page = inquiry_client.get(page_of(inquiry))
    thread.add_message(receipt.code, "Jeg orker ikke mer", NOTHING)
    refused = close(inquiry_client, inquiry, page)
    assert (refused.status_code, Inquiry.objects.get().status) == (409, "open")
    assert NOT_SEEN in text_of(refused)
    assert "Jeg orker ikke mer" in text_of(refused)
    assert "checked" in refused.text.partition('value="recorded"')[2][:120]
    assert close(inquiry_client, inquiry, refused).status_code == 302
    assert Inquiry.objects.get().status == "closed"


def test_a_case_that_no_colleague_has_read_is_neither_closed_nor_erased(inquiry_client, inquiry):
    assert inquiry_client.post(page_of(inquiry, "close"), RECORDED).status_code == 409
    assert Inquiry.objects.get().status == "open"


def test_a_locked_case_offers_no_closing_and_is_not_closed_unread(inquiry_client, launched):
    page = inquiry_client.get(page_of(launched))
    assert "close-journal" not in page.text
    assert inquiry_client.post(page_of(launched, "close"), RECORDED).status_code == 409
    assert unread_inquiries().count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        assert erasing_round.erase_expired() == 0


def test_who_closes_second_is_told_that_the_answer_is_not_kept(inquiry_client, inquiry, editor):
    page = inquiry_client.get(page_of(inquiry))
    status.close(inquiry, editor, "not_needed")
    close(inquiry_client, inquiry, page)
    assert "av noen andre" in inquiry_client.get("/admin/contact/inquiry/").text
    assert Inquiry.objects.get().journal == "not_needed"
    assert not AccessEntry.objects.filter(action="journaled").exists()


def test_an_inbox_that_has_locked_itself_keeps_every_word_and_goes_on_where_it_was(unlocked_client, launched):
    unlocked_client.get(page_of(launched))
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        for verb in ("template", "outside", "close", "again", "take", "hand-over", "spam", "hold", "note"):
            note = "husk" if verb == "note" else ""
            typed = {"reply-text": "Hei Sol, vi ringer", "note-text": note, "reply-seen": ""}
            locked = unlocked_client.post(page_of(launched, verb), typed)
            assert CANARY not in locked.text, verb
            assert reply_in(locked) == "Hei Sol, vi ringer", verb
            assert 'name="passphrase"' in locked.text, verb
        wrong = unlocked_client.post(page_of(launched, "again"), typed | {"passphrase": "something else entirely"})
        assert (wrong.status_code, reply_in(wrong)) == (422, "Hei Sol, vi ringer")
        again = unlocked_client.post(page_of(launched, "again"), typed | {"passphrase": PASSPHRASE})
        assert (again.status_code, reply_in(again)) == (200, "Hei Sol, vi ringer")
        assert CANARY in again.text
        assert PASSPHRASE not in again.text + wrong.text
        assert CANARY in unlocked_client.get(page_of(launched)).text


@pytest.mark.parametrize(
    "verb", ["take", "give-back", "hand-over", "spam", "not-spam", "hold", "release", "reopen", "again"]
)
def test_no_button_of_a_case_loses_what_is_typed_in_its_fields(inquiry_client, inquiry, verb):
    typed = {"reply-text": "Hei Sol", "note-text": "husk", "reply-seen": ""}
    answer = inquiry_client.post(page_of(inquiry, verb), typed)
    assert answer.status_code == 200
    assert reply_in(answer) == "Hei Sol"
    assert "husk" in text_of(answer)


def test_enter_in_a_field_sends_nothing(inquiry_client, inquiry):
    """Enter presses a form's first button: here one that only shows the page again."""
    page = inquiry_client.get(page_of(inquiry)).text
    form = page.partition('id="case"')[2]
    assert page_of(inquiry, "again") in form[:200]
    assert "formaction" not in form.partition('<input type="submit"')[2].partition(">")[0]


def test_after_a_reply_the_page_with_a_note_half_written_says_that_it_is_answered(inquiry_client, inquiry):
    page = inquiry_client.get(page_of(inquiry))
    typed = {
        "reply-form": hidden(page.text, "reply-form"),
        "reply-seen": "",
        "reply-text": "Hei",
        "note-text": "husk",
    }
    answer = inquiry_client.post(page_of(inquiry, "reply"), typed)
    assert "husk" in text_of(answer)
    assert "Ingen har svart her" not in text_of(answer)


def test_a_tick_does_not_stay_for_a_text_that_came_after_it(inquiry_client, inquiry):
    Inquiry.objects.update(role="relative")
    template = ReplyTemplate.objects.create(name="Ny", text_nb="Hei\r\n\r\nVi [[dag]] ses")
    answer = choose(inquiry_client, inquiry, template, **{"reply-confirms_nothing": "on"})
    assert "checked" not in answer.text.partition('name="reply-confirms_nothing"')[2].partition(">")[0]
    again = choose(inquiry_client, inquiry, template, **{"reply-text": reply_in(answer)})
    assert reply_in(again).count("ses") == 1


def test_an_answer_by_telephone_ends_the_wait_on_the_page_at_once(inquiry_client, inquiry, inquiry_staff):
    assert deadlines.missing_answer(inquiry) == "never"
    typed = {"outside-way": "called", "outside-outcome": "reached", "outside-form": str(FORM), "note-text": "husk"}
    answer = inquiry_client.post(page_of(inquiry, "outside"), typed | {"outside-reason": "hun ba om det"})
    assert "Ingen har svart her" not in text_of(answer)
