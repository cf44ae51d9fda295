import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError
from django.utils import timezone

from contact.cases.reading import unseal
from contact.keys import key_holders
from contact.keys.key_holders import open_with_server_grant
from contact.keys.keyring import KeysMissing
from contact.models import AccessEntry, Delivery, Inquiry
from contact.sender import intake
from contact.sender.intake import SAME_RECEIPT, AlreadySent, receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.conftest import CANARY

pytestmark = pytest.mark.django_db
ANSWERS = {"message": CANARY}


@pytest.fixture
def nonce():
    return nonce_of(new_token())


def test_an_inquiry_its_notice_and_its_log_line_are_stored_together(keyring, nonce):
    receipt = receive("relative", "nn", ANSWERS, nonce)
    inquiry = Inquiry.objects.get()
    assert (inquiry.reference, inquiry.locator) == (receipt.reference, receipt.locator)
    assert (inquiry.role, inquiry.language, inquiry.status, inquiry.quarantined) == (
        "relative",
        "nn",
        "open",
        False,
    )
    assert Delivery.objects.get().inquiry == inquiry
    entry = AccessEntry.objects.get()
    assert (entry.action, entry.user, entry.reference) == ("received", None, receipt.reference)


def test_what_was_written_opens_again(inquiry):
    answers = unseal(inquiry, open_with_server_grant(inquiry.key))
    assert answers == {"message": CANARY, "name": "Sol", "phone": "+47 900 00 000", "may_call": "yes"}


def test_the_same_form_with_the_same_answers_is_one_inquiry(keyring, nonce):
    assert receive("patient", "nb", ANSWERS, nonce) == receive("patient", "nb", ANSWERS, nonce)
    assert (Inquiry.objects.count(), Delivery.objects.count(), AccessEntry.objects.count()) == (1, 1, 1)


def test_half_an_hour_later_the_same_form_and_words_show_no_code(keyring, nonce):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first = receive("patient", "nb", ANSWERS, nonce)
        clock.shift(SAME_RECEIPT)
        assert receive("patient", "nb", ANSWERS, nonce) == first
        clock.shift(timedelta(seconds=1))
        with pytest.raises(AlreadySent):
            receive("patient", "nb", ANSWERS, nonce)
    assert Inquiry.objects.count() == 1


def test_the_same_answers_sent_from_another_language_are_one_inquiry(keyring, nonce):
    assert receive("patient", "nb", ANSWERS, nonce) == receive("patient", "en", ANSWERS, nonce)


def test_edited_answers_are_a_new_inquiry(keyring, nonce):
    first = receive("patient", "nb", ANSWERS, nonce)
    second = receive("patient", "nb", {"message": CANARY + "!"}, nonce)
    assert first.reference != second.reference
    assert Inquiry.objects.count() == 2


def test_a_resend_after_closing_still_gets_the_same_receipt_and_reopens_nothing(keyring, nonce):
    first = receive("patient", "nb", ANSWERS, nonce)
    Inquiry.objects.update(status=Inquiry.Status.CLOSED)
    assert receive("patient", "nb", ANSWERS, nonce) == first
    assert Inquiry.objects.get().status == "closed"


def test_a_suspicious_inquiry_is_kept_apart_and_staff_are_told_all_the_same(keyring, nonce):
    receive("patient", "nb", ANSWERS, nonce, suspicious=True)
    assert Inquiry.objects.get().quarantined
    assert Delivery.objects.count() == 1


def test_posting_works_without_the_server_key_file(keyring, nonce):
    key_holders.server_key_file().unlink()
    receive("patient", "nb", ANSWERS, nonce)
    assert Inquiry.objects.count() == 1


def test_without_a_keyring_nothing_is_stored(db, nonce):
    with pytest.raises(KeysMissing):
        receive("patient", "nb", ANSWERS, nonce)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("model", [Delivery, AccessEntry])
def test_a_failure_half_way_stores_nothing_at_all(keyring, nonce, monkeypatch, model):
    def fail(**_fields):
        raise DatabaseError("disk full")

    monkeypatch.setattr(model.objects, "create", fail)
    with pytest.raises(DatabaseError):
        receive("patient", "nb", ANSWERS, nonce)
    assert not Inquiry.objects.exists()


def test_another_database_error_is_not_taken_for_a_duplicate(keyring, nonce, monkeypatch):
    def refuse(*_arguments, **_options):
        raise IntegrityError("something else")

    monkeypatch.setattr(intake, "store", refuse)
    with pytest.raises(IntegrityError):
        receive("patient", "nb", ANSWERS, nonce)


def test_the_message_id_carries_the_site_s_domain_and_nothing_of_the_inquiry(inquiry, settings):
    message_id = Delivery.objects.get().message_id
    assert message_id.endswith("@mestringshusene.example>")
    assert inquiry.reference not in message_id


def test_receiving_logs_nothing(keyring, nonce, caplog):
    with caplog.at_level(logging.DEBUG, logger="contact"):
        receive("patient", "nb", ANSWERS, nonce)
    assert caplog.text == ""
