"""A mail server that refuses a sender's address for good is believed once; what it puts off is tried again."""

import logging
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from contact.cases.unread import newest_entry
from contact.cases.writing import replies
from contact.models import AccessEntry, Delivery, Inquiry
from contact.notifications.outbox import deliver_due, is_failing
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.conftest import free_port
from tests.contact.conftest import CANARY, FORM

pytestmark = pytest.mark.django_db
ADDRESS = "sol@example.org"
REFUSED = "E-posten om svaret ble avvist"
PUT_OFF = "E-posten om et svar har ikke kommet fram ennå"


class Server:
    """An SMTP server that answers each recipient as the test says."""

    def __init__(self):
        self.says, self.asked, self.taken = "250 OK", 0, []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 (aiosmtpd's name)
        self.asked += 1
        if self.says.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.taken.append(envelope.content)
        return "250 OK"


@pytest.fixture
def server(settings):
    made = Server()
    settings.EMAIL_BACKEND = "contact.notifications.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    controller = Controller(made, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    yield made
    controller.stop()


@pytest.fixture
def answered(inquiry, inquiry_staff):
    page = "https://example.org/kontakt/svar/"
    replies.reply(inquiry, CANARY, inquiry_staff, form=FORM, seen=None, mail_to=ADDRESS, page=page)
    Delivery.objects.exclude(kind="answer").delete()
    return inquiry


def again():
    Delivery.objects.update(not_before=timezone.now())
    return deliver_due()


def page_of(inquiry, client):
    return client.get(f"/admin/contact/inquiry/{inquiry.pk}/change/").text


@pytest.mark.parametrize(
    "says",
    [
        "550 5.1.1 sol@example.org: no such mailbox",
        "550-5.1.10 no such\r\n550 5.1.10 mailbox",
        "556 5.1.2 no such domain",
    ],
)
def test_a_refusal_for_good_is_final_erases_the_address_and_is_told_to_staff(
    server, answered, inquiry_client, caplog, says
):
    assert REFUSED not in page_of(answered, inquiry_client)
    server.says = says
    with caplog.at_level(logging.DEBUG, logger="contact"):
        assert deliver_due() == 0
    server.says = "250 OK"
    assert again() == 0
    assert server.asked == 1
    kept = Delivery.objects.get()
    assert kept.recipient is None
    assert kept.refused_at is not None
    assert AccessEntry.objects.get(action="mail_refused").reference == answered.reference
    page = page_of(answered, inquiry_client)
    assert REFUSED in page
    assert "E-postserveren tok ikke imot e-posten om svaret." in page
    assert ADDRESS not in caplog.text + str(Delivery.objects.values())


@pytest.mark.parametrize(
    "says",
    [
        "450 4.2.1 mailbox is full",
        "421 too many",
        "554 5.7.1 relay access denied",
        "550 5.4.1 no route to the host",
        "550 5.1.8 Sender address rejected: Domain not found",
        "550 5.1.7 bad sender",
        "550 relay not permitted",
        "550-Verification failed for <us@example.org>\r\n550 Sender verify failed",
        "554 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
        "552 5.2.2 mailbox is over quota, try again later",
        "550 5.2.1 the user is receiving mail at a rate",
        "503 authentication required",
        "553 bad name",
    ],
)
def test_what_may_be_our_own_fault_is_tried_again_and_keeps_its_address(server, answered, inquiry_client, says):
    server.says = says
    assert PUT_OFF not in page_of(answered, inquiry_client)  # no try yet
    assert deliver_due() == 0
    assert Delivery.objects.get().recipient is not None
    page = page_of(answered, inquiry_client)
    assert REFUSED not in page
    assert PUT_OFF in page
    server.says = "250 OK"
    assert again() == 1
    assert len(server.taken) == 1
    assert PUT_OFF not in page_of(answered, inquiry_client)


def answer_to_another_sender(staff):
    receive("patient", "nb", {"message": CANARY}, nonce_of(new_token()))
    other = Inquiry.objects.latest("received_at")
    replies.reply(
        other, CANARY, staff, form=UUID(int=2), seen=None, mail_to="kari@example.org", page="https://e.no/"
    )
    Delivery.objects.exclude(kind="answer").delete()


def test_two_addresses_refused_in_a_row_are_our_own_fault(server, answered, inquiry_staff):
    server.says = "550 5.1.1 no such mailbox"
    deliver_due()
    assert not is_failing()
    answer_to_another_sender(inquiry_staff)
    again()
    again()
    assert Delivery.objects.filter(recipient__isnull=False, refused_at=None).count() == 1
    assert is_failing()
    server.says = "250 OK"
    assert again() == 1
    assert not is_failing()


def test_one_address_that_is_put_off_is_no_failure_and_two_are(server, answered, inquiry_staff):
    server.says = "550 5.2.1 mailbox disabled"
    deliver_due()
    again()
    assert not is_failing()
    answer_to_another_sender(inquiry_staff)
    again()
    again()
    assert is_failing()


def test_a_login_that_the_mail_server_refuses_is_told_to_staff(server, answered, settings):
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "expired"
    deliver_due()
    again()
    assert Delivery.objects.get().recipient is not None
    assert is_failing()


def test_a_later_answer_is_mailed_all_the_same(server, answered, inquiry_staff):
    server.says = "550 5.1.1 no"
    deliver_due()
    server.says = "250 OK"
    seen = newest_entry(answered)
    replies.reply(answered, "Mer", inquiry_staff, form=FORM, seen=seen, mail_to=ADDRESS, page="https://e.no/")
    assert again() == 1


def test_staff_s_own_mail_is_never_given_up(server, inquiry):
    server.says = "550 5.1.1 no"
    assert deliver_due() == 0
    server.says = "250 OK"
    assert again() == 1


def test_an_inquiry_erased_while_its_mail_is_refused_gets_no_log_entry(server, answered, monkeypatch):
    async def erased_meanwhile(*_arguments):
        return "550 5.1.1 no"

    server.handle_RCPT = erased_meanwhile
    from contact.notifications import outbox

    give_up = outbox.give_up

    def later(rows):
        Inquiry.objects.all().delete()
        give_up(rows)

    monkeypatch.setattr(outbox, "give_up", later)
    assert deliver_due() == 0
    assert not AccessEntry.objects.filter(action="mail_refused").exists()
