"""Staff's side of the thread: sealed twice, never doubled, never past what a colleague has just written."""

import uuid

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from contact.cases.reading import open_messages
from contact.cases.unread import UnseenEntry, newest_entry
from contact.cases.writing import notes, replies
from contact.crypto import return_code
from contact.crypto.sealing import SealBroken, open_sealed, seal
from contact.models import AccessEntry, Delivery, Inquiry, Message
from contact.retention.erasure import Erased
from contact.sender import thread
from contact.sender.receipt import canonical_answers
from tests.contact.conftest import CANARY, FORM, NOTHING

pytestmark = pytest.mark.django_db


def write(inquiry, text, user, *, form=FORM, seen=None):
    replies.reply(inquiry, text, user, form=form, seen=seen)


def test_a_reply_is_sealed_to_the_inbox_and_to_the_sender_and_the_log_says_who(receipt, inquiry, inquiry_staff):
    write(inquiry, CANARY, inquiry_staff)
    message = Message.objects.get()
    assert [entry.text for entry in open_messages(inquiry)] == [CANARY]
    assert CANARY.encode() not in bytes(message.sealed) + bytes(message.sealed_to_sender)
    assert AccessEntry.objects.filter(action="replied", username="ivar").count() == 1


def test_what_is_sealed_to_one_sender_opens_for_no_other(inquiry, inquiry_staff):
    write(inquiry, "Svar", inquiry_staff)
    message = Message.objects.get()
    with pytest.raises(SealBroken):
        open_sealed(bytes(message.sealed_to_sender), X25519PrivateKey.generate(), message.id, Message.SENDER_FIELD)


@pytest.mark.parametrize("column", ["sender_key", "locator"])
def test_no_reply_is_sealed_to_a_key_that_did_not_come_in_with_the_inquiry(inquiry, inquiry_staff, caplog, column):
    thief = bytes(range(16))
    values = {
        "sender_key": return_code.sender_key(thief).public_key().public_bytes_raw(),
        "locator": return_code.locator_of(thief),
    }
    Inquiry.objects.filter(pk=inquiry.pk).update(**{column: values[column]})
    with pytest.raises(replies.SenderChanged):
        write(Inquiry.objects.get(), CANARY, inquiry_staff)
    assert not Message.objects.exists()
    assert "return code of an inquiry was changed" in caplog.text


def test_an_inquiry_from_before_the_sender_was_sealed_too_is_still_answered(keyring, inquiry, inquiry_staff):
    public = X25519PublicKey.from_public_bytes(bytes(keyring.public_key))
    old = canonical_answers("patient", {"message": CANARY})
    Inquiry.objects.update(sealed=seal(old, public, inquiry.pk, Inquiry.SEALED_FIELD))
    write(Inquiry.objects.get(), "Svar", inquiry_staff)
    assert Message.objects.count() == 1


def test_a_note_is_not_sealed_to_the_sender(inquiry, inquiry_staff):
    notes.add_note(inquiry, CANARY, inquiry_staff, form=FORM)
    assert Message.objects.get().sealed_to_sender is None
    assert AccessEntry.objects.filter(action="noted").count() == 1


def test_two_clicks_are_one_reply_and_a_changed_text_is_not_lost(inquiry, inquiry_staff):
    write(inquiry, "Svar", inquiry_staff)
    write(inquiry, "Svar", inquiry_staff)
    assert Message.objects.count() == 1
    with pytest.raises(UnseenEntry):
        write(inquiry, "Svar, rettet", inquiry_staff)


def test_two_clicks_are_one_note(inquiry, inquiry_staff):
    for _click in "ab":
        notes.add_note(inquiry, "Ringt", inquiry_staff, form=FORM)
    assert Message.objects.count() == 1


def test_a_reply_and_a_note_with_the_same_words_from_the_same_page_are_both_stored(inquiry, inquiry_staff):
    notes.add_note(inquiry, "Svar", inquiry_staff, form=FORM)
    write(inquiry, "Svar", inquiry_staff, seen=newest_entry(inquiry))
    assert Message.objects.count() == 2


@pytest.mark.parametrize("newer", ["reply", "note", "sender"])
def test_a_reply_is_refused_while_something_newer_has_not_been_seen(receipt, inquiry, inquiry_staff, newer):
    other = uuid.uuid4()
    if newer == "reply":
        write(inquiry, "Fra en kollega", inquiry_staff, form=other)
    elif newer == "note":
        notes.add_note(inquiry, "Fra en kollega", inquiry_staff, form=other)
    else:
        thread.add_message(receipt.code, "Jeg har det bedre", NOTHING)
    with pytest.raises(UnseenEntry):
        write(inquiry, "Svar", inquiry_staff)
    assert Message.objects.count() == 1
    write(inquiry, "Svar", inquiry_staff, seen=newest_entry(inquiry))
    assert Message.objects.count() == 2


def test_nothing_is_written_on_an_erased_inquiry(receipt, inquiry, inquiry_staff):
    thread.erase_everything(receipt.code)
    with pytest.raises(Erased):
        write(inquiry, "Svar", inquiry_staff)
    with pytest.raises(Erased):
        notes.add_note(inquiry, "Notat", inquiry_staff, form=FORM)
    assert not Message.objects.exists()


def test_a_sender_who_did_not_choose_e_mail_is_not_mailed(inquiry, inquiry_staff):
    write(inquiry, "Svar", inquiry_staff)
    assert not Delivery.objects.filter(kind="answer").exists()


@pytest.mark.parametrize(
    ("answers", "address"),
    [
        ({"reach": "email", "email": "sol@example.org"}, "sol@example.org"),
        ({"reach": "phone", "email": "sol@example.org"}, ""),
        ({"reach": "code"}, ""),
        ({"reach": "email"}, ""),
        ({"email": "sol@example.org"}, ""),
    ],
)
def test_only_a_sender_who_chose_e_mail_is_notified_by_e_mail(answers, address):
    assert replies.mail_address(answers) == address
