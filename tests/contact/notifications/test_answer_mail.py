"""The one line that a sender is mailed: at least once, neutral, and the address is gone when it is sent."""

import json
import logging
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from contact.cases.writing import replies
from contact.crypto import recipient_key
from contact.crypto.sealing import SealBroken
from contact.keys import key_holders
from contact.models import Delivery, Inquiry, Message
from contact.notifications.outbox import STAFF_PAUSE, deliver_due, is_failing
from contact.sender import thread
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.conftest import CANARY, FORM, NOTHING

pytestmark = pytest.mark.django_db
ADDRESS = "sol@example.org"
PAGE = "https://example.org/kontakt/svar/"


@pytest.fixture
def told(keyring, inquiry_staff):
    """Return a function that answers a sender who wrote in a language and chose e-mail."""

    def answer(language="nb"):
        answers = {"message": CANARY, "name": "Sol", "email": ADDRESS, "reach": "email"}
        receipt = receive("patient", language, answers, nonce_of(new_token()))
        inquiry = Inquiry.objects.get(locator=receipt.locator)
        replies.reply(inquiry, CANARY, inquiry_staff, form=uuid4(), seen=None, mail_to=ADDRESS, page=PAGE)
        Delivery.objects.exclude(kind="answer").delete()
        return inquiry

    return answer


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_sender_is_told_in_a_neutral_line_and_where_to_use_the_code(told, language):
    inquiry = told(language)
    assert deliver_due() == 1
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    line = {
        "nb": "Det ligger et svar til deg. Bruk koden din.",
        "nn": "Det ligg eit svar til deg. Bruk koden din.",
    }
    wanted = line.get(language, "There is an answer for you. Use your code.")
    assert sent.body.split("\n\n") == [wanted, PAGE, ""]
    assert sent.extra_headers["X-Auto-Response-Suppress"] == "All"  # an absence reply would carry a name
    whole = sent.message().as_string() + sent.body
    for secret in (CANARY, "Sol", inquiry.reference, str(inquiry.pk), "behandling", "Mestringshusene", "rus"):
        assert secret not in whole


def test_the_mail_comes_from_an_address_that_the_operator_chooses(told, settings):
    settings.ANSWER_FROM_EMAIL = "post@example.org"
    told()
    deliver_due()
    assert mail.outbox[0].from_email == "post@example.org"


def test_the_address_is_erased_once_the_mail_server_has_accepted_and_not_before(told, monkeypatch):
    told()
    offered = []
    monkeypatch.setattr(mail.EmailMessage, "send", lambda one: offered.append(one) or 1 / 0)
    assert deliver_due() == 0
    kept = Delivery.objects.get()
    assert kept.recipient is not None
    monkeypatch.undo()
    Delivery.objects.update(not_before=kept.not_before.replace(year=2000))
    assert deliver_due() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == offered[0].extra_headers["Message-ID"]
    assert Delivery.objects.get().recipient is None


def test_the_address_is_sealed_to_the_deliverer_s_own_key_for_this_delivery_alone(told):
    told()
    delivery = Delivery.objects.get()
    sealed = bytes(delivery.recipient)
    assert ADDRESS.encode() not in sealed
    assert recipient_key.open_recipient(sealed, delivery.uuid) == (ADDRESS, PAGE)
    with pytest.raises(SealBroken):
        recipient_key.open_recipient(sealed, FORM)


def test_the_deliverer_s_key_opens_no_inquiry_and_is_the_owner_s_alone(told, settings):
    told()
    for name in ("deliverer.key", "deliverer.public"):
        assert (settings.KEY_DIR / name).stat().st_mode & 0o777 == 0o600
    assert (settings.KEY_DIR / "deliverer.key").read_text() != key_holders.server_key_file().read_text()


FAULTS = {
    "empty": lambda file: file.write_text(""),
    "cut short": lambda file: file.write_text(file.read_text()[:40]),
    "no hex": lambda file: file.write_bytes(b"\xff" * 64),
    "missing": lambda file: file.unlink(),
}


@pytest.mark.parametrize("kinds", [("public",), ("key", "public")], ids="-".join)
def test_a_key_file_that_was_cut_short_loses_no_reply_and_its_mail_goes(told, settings, kinds):
    told()
    deliver_due()
    for number, (fault, spoil) in enumerate(FAULTS.items(), start=2):
        for kind in kinds:
            spoil(settings.KEY_DIR / f"deliverer.{kind}")
        told()
        assert Message.objects.count() == number, fault
        assert recipient_key.is_whole(), fault
        assert deliver_due() == 1, fault
        assert mail.outbox[-1].to == [ADDRESS]


def test_where_no_key_can_be_made_the_reply_is_stored_and_the_mail_counts_as_failing(told, settings):
    settings.KEY_DIR.joinpath("deliverer.key").mkdir(parents=True)
    told()
    assert Message.objects.count() == 1
    for _try in range(2):
        Delivery.objects.update(not_before=timezone.now())
        assert deliver_due() == 0
    assert is_failing()


def test_a_key_file_that_the_deliverer_lacks_counts_as_failing_mail(told, settings):
    """A restore without it, a wrong owner, two machines: it is no fault of the sender's address."""
    told()
    (settings.KEY_DIR / "deliverer.key").unlink()
    for _try in range(2):
        Delivery.objects.update(not_before=timezone.now())
        deliver_due()
    assert is_failing()


def test_a_failure_logs_neither_address_nor_page(told, monkeypatch, caplog):
    told()

    def refuse(self):
        raise OSError(json.dumps([self.to, self.body]))

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    with caplog.at_level(logging.DEBUG):
        deliver_due()
    assert "OSError" in caplog.text
    assert ADDRESS not in caplog.text
    assert PAGE not in caplog.text


def test_staff_are_told_that_a_sender_has_written_more_without_a_word_of_it(receipt, inquiry):
    thread.add_message(receipt.code, CANARY, NOTHING)
    Delivery.objects.filter(kind=Delivery.Kind.NEW_INQUIRY).update(sent_at=timezone.now() - STAFF_PAUSE)
    assert deliver_due() == 1
    (sent,) = mail.outbox
    assert sent.subject == "Noen har skrevet mer"
    for secret in (CANARY, inquiry.reference, "http"):
        assert secret not in sent.subject + sent.body
