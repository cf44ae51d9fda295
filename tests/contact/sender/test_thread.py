"""The sender's side of the thread: read with the code, write more, delete everything."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.utils import timezone

from contact.cases import status
from contact.cases.reading import open_messages
from contact.cases.writing import notes, replies
from contact.crypto.return_code import CodeWrong
from contact.keys import key_holders
from contact.keys.keyring import KeysMissing
from contact.models import AccessEntry, Delivery, Inquiry, Message, Tombstone
from contact.retention.erasing_round import erase_expired
from contact.retention.erasure import Erased
from contact.sender import thread
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.conftest import CANARY, FORM, NOTHING

pytestmark = pytest.mark.django_db


def actions():
    return list(AccessEntry.objects.order_by("id").values_list("action", flat=True))[1:]


def reply(inquiry, text, user, **more):
    replies.reply(inquiry, text, user, form=FORM, **({"seen": None} | more))


# --- reading -----------------------------------------------------------------------------------


def test_the_code_opens_the_thread_and_shows_no_word_of_the_sender(receipt, inquiry):
    opened = thread.open_thread(receipt.code)
    assert opened.reference == inquiry.reference
    assert [(entry.is_reply, entry.text) for entry in opened.entries] == [(False, "")]
    assert not opened.has_reply


def test_a_reply_is_read_with_the_code_and_without_the_inbox_s_key(receipt, inquiry, inquiry_staff):
    reply(inquiry, f"Svar: {CANARY}", inquiry_staff)
    key_holders.server_key_file().unlink()
    (_own, answer) = thread.open_thread(receipt.code).entries
    assert answer.text == f"Svar: {CANARY}"
    assert CANARY not in repr(answer)


def test_an_internal_note_is_not_in_the_sender_s_thread(receipt, inquiry, inquiry_staff):
    notes.add_note(inquiry, CANARY, inquiry_staff, form=FORM)
    assert len(thread.open_thread(receipt.code).entries) == 1


def test_a_reply_that_was_changed_in_the_database_is_not_shown(receipt, inquiry, inquiry_staff):
    reply(inquiry, "Svar", inquiry_staff)
    Message.objects.update(sealed_to_sender=b"\x01" + bytes(300))
    assert [entry.text for entry in thread.open_thread(receipt.code).entries] == ["", ""]


def test_an_unknown_code_is_wrong(receipt, inquiry):
    for use in (thread.open_thread, thread.erase_everything, lambda code: thread.add_message(code, "x", NOTHING)):
        with pytest.raises(CodeWrong):
            use(bytes(16))


def test_a_thread_from_before_there_were_codes_opens_and_takes_no_reply(receipt, inquiry, inquiry_staff):
    Inquiry.objects.update(sender_key=None)
    inquiry.refresh_from_db()
    assert len(thread.open_thread(receipt.code).entries) == 1
    with pytest.raises(ValueError, match="before"):
        reply(inquiry, "Svar", inquiry_staff)


# --- writing more ------------------------------------------------------------------------------


def test_a_message_is_stored_with_its_notice_and_its_log_line(receipt, inquiry):
    thread.add_message(receipt.code, CANARY, NOTHING)
    (entry,) = open_messages(inquiry)
    assert (entry.kind, entry.text, entry.author) == ("sender", CANARY, "")
    assert [d.kind for d in Delivery.objects.order_by("id")] == ["new_inquiry", "new_message"]
    assert actions() == ["sender_wrote"]


def test_the_same_form_with_the_same_text_is_one_message_and_another_text_is_another(receipt, inquiry):
    for text in ("hei", "hei", " hei\n", "hallo"):
        thread.add_message(receipt.code, text, NOTHING)
    assert [entry.text for entry in open_messages(inquiry)] == ["hei", "hallo"]
    assert Delivery.objects.filter(kind="new_message").count() == 2


def test_the_same_words_from_a_fresh_form_are_a_new_message(receipt, inquiry):
    for _visit in "ab":
        thread.add_message(receipt.code, "Er dere der?", nonce_of(new_token()))
    assert len(open_messages(inquiry)) == 2


def test_a_message_reopens_a_closed_case_and_a_repeated_one_does_not(receipt, inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    thread.add_message(receipt.code, "hei", NOTHING)
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.closed_at) == ("open", None)
    assert actions() == ["closed", "journaled", "sender_wrote", "reopened"]
    status.close(inquiry, inquiry_staff, "recorded")
    thread.add_message(receipt.code, "hei", NOTHING)
    inquiry.refresh_from_db()
    assert inquiry.status == "closed"


@pytest.mark.parametrize("model", [Delivery, AccessEntry])
def test_a_failure_half_way_stores_nothing_of_a_message(receipt, inquiry, monkeypatch, model):
    def fail(**_fields):
        raise DatabaseError("disk full")

    monkeypatch.setattr(model.objects, "create", fail)
    with pytest.raises(DatabaseError):
        thread.add_message(receipt.code, "hei", NOTHING)
    assert not Message.objects.exists()


def test_without_a_key_nothing_is_stored(receipt, inquiry, monkeypatch):
    def missing():
        raise KeysMissing

    monkeypatch.setattr(thread, "sealing_key", missing)
    with pytest.raises(KeysMissing):
        thread.add_message(receipt.code, "hei", NOTHING)
    assert not Message.objects.exists()


# --- erasing -----------------------------------------------------------------------------------


def test_the_sender_erases_everything_at_once_and_the_code_answers_erased(receipt, inquiry, inquiry_staff):
    reply(inquiry, "Svar", inquiry_staff, mail_to="sol@example.org", page="https://x/")
    thread.add_message(receipt.code, "hei", NOTHING)
    thread.erase_everything(receipt.code)
    for model in (Inquiry, Message, Delivery):
        assert not model.objects.exists()
    for use in (thread.open_thread, thread.erase_everything, lambda code: thread.add_message(code, "x", NOTHING)):
        with pytest.raises(Erased):
            use(receipt.code)
    assert actions()[-1] == "sender_erase"


def test_a_tombstone_holds_the_locator_the_inquiry_s_id_and_the_time_and_nothing_else(receipt, inquiry):
    thread.erase_everything(receipt.code)
    stone = Tombstone.objects.get()
    assert {field.name for field in Tombstone._meta.get_fields()} == {"locator", "inquiry_id", "erased_at"}
    assert (stone.locator, stone.inquiry_id) == (receipt.locator, inquiry.pk)


def test_erasure_by_retention_leaves_a_tombstone_too(receipt, inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert erase_expired() == 1
    with pytest.raises(Erased):
        thread.open_thread(receipt.code)


def test_an_erasure_that_fails_half_way_erases_nothing(receipt, inquiry, monkeypatch):
    def fail(**_fields):
        raise DatabaseError("disk full")

    monkeypatch.setattr(AccessEntry.objects, "create", fail)
    with pytest.raises(DatabaseError):
        thread.erase_everything(receipt.code)
    assert Inquiry.objects.exists()
    assert not Tombstone.objects.exists()


def test_a_tombstone_is_forgotten_after_years_and_the_code_is_then_unknown(receipt, inquiry, settings):
    thread.erase_everything(receipt.code)
    for days, kept in ((729, True), (731, False)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            erase_expired()
        assert Tombstone.objects.exists() == kept
    with pytest.raises(CodeWrong):
        thread.open_thread(receipt.code)


def test_a_receipt_that_is_loaded_again_does_not_bring_back_what_was_erased(keyring):
    nonce = nonce_of(new_token())
    receipt = receive("patient", "nb", {"message": "hei"}, nonce)
    thread.erase_everything(receipt.code)
    with pytest.raises(Erased):
        receive("patient", "nb", {"message": "hei"}, nonce)
    assert not Inquiry.objects.exists()


def test_the_thread_logs_nothing(receipt, inquiry, caplog):
    with caplog.at_level(logging.DEBUG, logger="contact"):
        thread.add_message(receipt.code, CANARY, NOTHING)
        thread.open_thread(receipt.code)
        thread.erase_everything(receipt.code)
    assert caplog.text == ""
