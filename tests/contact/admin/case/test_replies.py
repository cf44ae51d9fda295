"""A case in the admin: thread, reply and note. What is refused comes back with every word."""

import re
import uuid

import pytest
from django.test import Client

from contact.cases.writing import replies
from contact.crypto.recipient_key import open_recipient
from contact.keys import key_holders
from contact.models import AccessEntry, Delivery, Inquiry, Message
from contact.sender import thread
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.conftest import CANARY, FORM, NOTHING

pytestmark = pytest.mark.django_db


def page_of(inquiry, verb="change"):
    return f"/admin/contact/inquiry/{inquiry.pk}/{verb}/"


def text_of(answer):
    return answer.content.decode()


def hidden(page, name):
    return re.search(rf'name="{name}"(?: value="([^"]*)")?', page)[1] or ""


def send(client, inquiry, text, page=None, **more):
    page = page or text_of(client.get(page_of(inquiry)))
    data = {"reply-text": text, "reply-form": hidden(page, "reply-form"), "reply-seen": hidden(page, "reply-seen")}
    return client.post(page_of(inquiry, "reply"), data | more)


@pytest.fixture
def relative(keyring):
    receipt = receive("relative", "nn", {"message": "Broren min"}, nonce_of(new_token()))
    return Inquiry.objects.get(locator=receipt.locator)


@pytest.mark.parametrize("verb", ["reply", "note"])
def test_only_those_who_may_read_may_write(editor_client, client, inquiry_staff, inquiry, verb):
    data = {f"{verb}-text": "hei", f"{verb}-form": uuid.uuid4()}
    assert editor_client.post(page_of(inquiry, verb), data).status_code == 403
    assert client.post(page_of(inquiry, verb), data).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(inquiry_staff)
    assert strict.post(page_of(inquiry, verb), data).status_code == 403
    assert not Message.objects.exists()


@pytest.mark.parametrize("verb", ["reply", "note"])
def test_writing_needs_a_post_and_an_inquiry(inquiry_client, inquiry, verb):
    assert inquiry_client.get(page_of(inquiry, verb)).status_code == 302
    assert inquiry_client.post(f"/admin/contact/inquiry/{uuid.uuid4()}/{verb}/").status_code == 404


def test_a_reply_is_sent_logged_and_shown_in_the_thread(inquiry_client, receipt, inquiry):
    assert send(inquiry_client, inquiry, "Ring oss gjerne").status_code == 302
    assert AccessEntry.objects.filter(action="replied", username="ivar").exists()
    assert Inquiry.objects.get().waiting_since is None
    page = text_of(inquiry_client.get(page_of(inquiry)))
    assert "Ring oss gjerne" in page
    assert "letter--reply" in page
    assert thread.open_thread(receipt.code).entries[1].text == "Ring oss gjerne"


def test_a_note_is_stored_and_never_reaches_the_sender(inquiry_client, receipt, inquiry):
    page = text_of(inquiry_client.get(page_of(inquiry)))
    data = {"note-text": "Ringte, ikke svar", "note-form": hidden(page, "note-form")}
    for _click in "ab":
        assert inquiry_client.post(page_of(inquiry, "note"), data).status_code == 302
    assert Message.objects.count() == 1
    assert "Ringte, ikke svar" in text_of(inquiry_client.get(page_of(inquiry)))
    assert not thread.open_thread(receipt.code).has_reply


def test_what_the_sender_adds_stands_in_the_thread_as_text(inquiry_client, receipt, inquiry):
    thread.add_message(receipt.code, f"{CANARY} <b>", NOTHING)
    assert f"{CANARY} &lt;b&gt;" in text_of(inquiry_client.get(page_of(inquiry)))


@pytest.mark.parametrize("newer", ["colleague", "sender"])
def test_what_is_newer_is_shown_before_a_reply_goes_and_its_text_is_kept(
    inquiry_client, administrator, receipt, inquiry, newer
):
    page = text_of(inquiry_client.get(page_of(inquiry)))
    if newer == "sender":
        thread.add_message(receipt.code, "Noe nytt", NOTHING)
    else:
        replies.reply(inquiry, "Noe nytt", administrator, form=FORM, seen=None)
    refused = send(inquiry_client, inquiry, "Mitt svar", page)
    assert refused.status_code == 409
    assert "Noe nytt" in text_of(refused)
    assert "Mitt svar" in text_of(refused)
    assert Message.objects.count() == 1
    assert send(inquiry_client, inquiry, "Mitt svar", text_of(refused)).status_code == 302
    assert Message.objects.count() == 2


def test_storing_a_note_does_not_hide_from_a_begun_reply_what_came_before_the_note(
    inquiry_client, receipt, inquiry
):
    page = text_of(inquiry_client.get(page_of(inquiry)))
    thread.add_message(receipt.code, "Noe nytt", NOTHING)
    typed = {name: hidden(page, name) for name in ("reply-form", "reply-seen", "note-form")}
    noted = inquiry_client.post(page_of(inquiry, "note"), typed | {"reply-text": "Mitt svar", "note-text": "husk"})
    assert send(inquiry_client, inquiry, "Mitt svar", text_of(noted)).status_code == 409


def test_a_double_click_is_one_reply_and_no_conflict(inquiry_client, inquiry):
    page = text_of(inquiry_client.get(page_of(inquiry)))
    assert [send(inquiry_client, inquiry, "Svar", page).status_code for _click in "ab"] == [302, 302]
    assert Message.objects.count() == 1


@pytest.mark.parametrize("text", ["", "\u200b \u00ad", "Fødselsnummer 578201 00192", "x" * 10_001])
def test_what_is_wrong_is_said_and_the_text_kept(inquiry_client, inquiry, text):
    refused = send(inquiry_client, inquiry, text)
    assert refused.status_code == 422
    assert text.strip("\u200b \u00ad") in text_of(refused)
    assert not Message.objects.exists()


def test_a_reply_to_a_relative_must_not_confirm_that_a_person_is_a_patient(inquiry_client, relative, inquiry):
    refused = send(inquiry_client, relative, "Broren din er ikke her")
    assert refused.status_code == 422
    assert "Broren din er ikke her" in text_of(refused)
    assert "bekrefter ikke" in text_of(refused)
    confirmed = {"reply-confirms_nothing": "on"}
    assert send(inquiry_client, relative, "Her er generelle råd", **confirmed).status_code == 302
    assert "bekrefter ikke" not in text_of(inquiry_client.get(page_of(inquiry)))


def test_who_wrote_before_there_were_codes_is_rung_or_mailed_instead(inquiry_client, inquiry):
    Inquiry.objects.update(sender_key=None)
    page = text_of(inquiry_client.get(page_of(inquiry)))
    assert 'name="reply-text"' not in page
    assert 'name="note-text"' in page
    data = {"reply-text": "Svar", "reply-form": uuid.uuid4()}
    assert inquiry_client.post(page_of(inquiry, "reply"), data).status_code == 422
    assert not Message.objects.exists()


def test_a_locked_inbox_sends_nothing_and_keeps_the_text(inquiry_client, inquiry):
    page = text_of(inquiry_client.get(page_of(inquiry)))
    key_holders.server_key_file().unlink()
    refused = send(inquiry_client, inquiry, "Mitt svar", page)
    assert refused.status_code == 409
    assert "Mitt svar" in text_of(refused)
    assert not Message.objects.exists()


def test_who_has_a_case_open_that_its_sender_erases_is_told_and_keeps_the_text(inquiry_client, receipt, inquiry):
    page = text_of(inquiry_client.get(page_of(inquiry)))
    thread.erase_everything(receipt.code)
    refused = send(inquiry_client, inquiry, "Mitt svar <b>", page)
    assert refused.status_code == 410
    assert "Mitt svar &lt;b&gt;" in text_of(refused)
    assert "data-unsaved" in refused.text
    assert inquiry_client.get(page_of(inquiry)).status_code == 410
    assert inquiry_client.post(page_of(inquiry, "close")).status_code == 410
    assert not Message.objects.exists()


def test_what_is_given_back_of_an_erased_case_stands_under_the_names_of_its_fields(
    inquiry_client, receipt, inquiry
):
    thread.erase_everything(receipt.code)
    typed = {
        "reply-text": "Hei",
        "note-text": "husk brev",
        "outside-text": "\u200b",
        "step-reason": "hun ba om det",
    }
    page = text_of(inquiry_client.post(page_of(inquiry, "note"), typed))
    given = re.findall(r"<dt>([^<]+)</dt><dd><p>([^<]+)</p></dd>", page)
    assert given == [
        ("Svar til avsenderen", "Hei"),
        ("Internt notat", "husk brev"),
        ("Hvorfor er det riktig likevel?", "hun ba om det"),
    ]
    assert inquiry.reference in page


def test_an_editor_does_not_learn_that_something_was_erased(editor_client, receipt, inquiry):
    thread.erase_everything(receipt.code)
    assert editor_client.get(page_of(inquiry)).status_code == 403


def test_what_was_written_stands_in_no_session_and_in_no_log_of_django(inquiry_client, inquiry):
    from django.contrib.admin.models import LogEntry
    from django.contrib.sessions.models import Session

    send(inquiry_client, inquiry, CANARY)
    assert not any(CANARY in str(session.get_decoded()) for session in Session.objects.all())
    assert not any(CANARY in f"{e.object_repr}{e.change_message}" for e in LogEntry.objects.all())


def test_the_mail_names_the_address_for_visitors_wherever_the_colleague_writes(keyring, inquiry_client, settings):
    settings.SITE_ADDRESS, settings.ALLOWED_HOSTS = "https://www.example.no", ["www.example.no", "intern.example"]
    answers = {"message": "Broren min", "email": "kari@example.org", "reach": "email"}
    receipt = receive("patient", "nn", answers, nonce_of(new_token()))
    inquiry = Inquiry.objects.get(locator=receipt.locator)
    page = text_of(inquiry_client.get(page_of(inquiry), SERVER_NAME="intern.example"))
    data = {
        "reply-text": "Hei",
        "reply-form": hidden(page, "reply-form"),
        "reply-seen": hidden(page, "reply-seen"),
    }
    assert inquiry_client.post(page_of(inquiry, "reply"), data, SERVER_NAME="intern.example").status_code == 302
    delivery = Delivery.objects.get(kind="answer")
    address = ("kari@example.org", "https://www.example.no/nn/kontakt/svar/")
    assert open_recipient(bytes(delivery.recipient), delivery.uuid) == address


def test_a_reply_that_would_reach_another_person_is_refused_and_its_text_kept(inquiry_client, inquiry):
    Inquiry.objects.update(sender_key=bytes(range(32)))
    refused = send(inquiry_client, inquiry, "Hemmelig svar")
    assert refused.status_code == 409
    assert "er endret i databasen" in text_of(refused)
    assert "Hemmelig svar" in text_of(refused)
    assert not Message.objects.exists()
