"""The operator hears of a fault by mail: which, where, when and of which request, and no word of what was sent."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from contact.crypto.return_code import format_code
from mestring.operator_mail.faults import MOST_KINDS, PAUSE, note_fault, send_due
from mestring.staff.models import Fault
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "kanarifugl-i-gruva"
OPERATOR = "drift@klinikken.no"


@pytest.fixture(autouse=True)
def operator(settings):
    settings.OPERATOR_MAIL = OPERATOR


@pytest.fixture
def failing(monkeypatch):
    """A function that makes the front page fail, asks for it and returns the answer."""
    factories.front()

    def ask(error, path=f"/?q={CANARY}"):
        def fail(*_args, **_kwargs):
            secret = CANARY  # noqa: F841 (a local variable that a careless report would show)
            raise error

        monkeypatch.setattr("pages.visits.page_views.site_of", fail)
        return Client(raise_request_exception=False).get(path, headers={"referer": CANARY, "user-agent": CANARY})

    return ask


def later(wait):
    return time_machine.travel(timezone.now() + wait, tick=False)


def noted(kind="ValueError"):
    """A fault of a kind of its own, noted as the web process does."""
    try:
        raise type(kind, (Exception,), {"__module__": "tests"})(CANARY)
    except Exception as error:
        note_fault(error)


def test_a_fault_of_a_request_reaches_the_operator_without_a_word_of_it(failing, mailoutbox):
    answer = failing(ValueError(CANARY))
    assert answer.status_code == 500
    call_command("deliver", "--once")
    [sent] = mailoutbox
    assert sent.to == [OPERATOR]
    assert CANARY not in str(sent.message())
    number = re.search(r"<b>(\d{4}-\d{4})</b>", answer.text)[1]
    lines = sent.body.splitlines()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \w+ – builtins\.ValueError pages/visits/\w+\.py:\d+ in \w+", lines[2]
    )
    assert lines[3] == f"Feil nr. {number}, utgave 0.1.0"
    call_command("deliver", "--once")
    assert len(mailoutbox) == 1


def test_an_inquiry_that_could_not_be_stored_reaches_the_operator_with_the_number_on_its_sender_s_page(
    client, mailoutbox
):
    factories.clinic()
    address = client.get("/kontakt/pasient/", follow=True).redirect_chain[0][0]
    answer = client.post(address, {"step": "send", "message": CANARY})  # there is no key yet to seal it to
    assert answer.status_code == 503
    number = re.search(r"Feil nr\. <b>(\d{4}-\d{4})</b>", answer.text)[1]
    assert send_due()
    assert "contact.keys.keyring.KeysMissing" in mailoutbox[0].body
    assert f"Feil nr. {number}" in mailoutbox[0].body
    assert CANARY not in str(mailoutbox[0].message())


def test_a_step_behind_a_return_code_that_failed_reaches_the_operator_too(client, mailoutbox, monkeypatch):
    def fail(*_args):
        raise IntegrityError(CANARY)

    monkeypatch.setattr("contact.sender.thread.open_thread", fail)
    answer = client.post("/kontakt/svar/", {"code": format_code(bytes(16))})
    assert (answer.status_code, "Feil nr." in answer.text) == (503, True)
    assert send_due()
    assert "IntegrityError" in mailoutbox[0].body
    assert CANARY not in str(mailoutbox[0].message())


def test_of_many_faults_one_mail_comes_in_ten_minutes_and_names_the_first_of_each_kind(mailoutbox):
    for kind in ("First", "First", "Second"):
        noted(kind)
    assert send_due()
    assert [mailoutbox[0].body.count(kind) for kind in ("First", "Second", CANARY)] == [1, 1, 0]
    noted("First")
    noted("Third")
    assert not send_due()  # its own pause, and the first kind is known
    with later(PAUSE + timedelta(seconds=1)):
        noted("First")
        assert send_due()
    assert [mailoutbox[1].body.count(kind) for kind in ("First", "Second", "Third")] == [1, 0, 1]
    assert len(mailoutbox) == 2


def test_a_flood_of_kinds_leaves_few_rows_and_a_known_kind_asks_without_writing(django_assert_num_queries):
    for number in range(MOST_KINDS + 3):
        noted(f"Kind{number}")
    assert Fault.objects.count() == MOST_KINDS
    with django_assert_num_queries(1):
        noted("Kind1")


def test_two_processes_that_meet_the_same_fault_at_once_note_it_once(monkeypatch):
    noted("Same")
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda self: False)
    noted("Same")  # it looked before the other had written
    assert Fault.objects.count() == 1


def test_what_the_mail_server_does_not_take_is_tried_again_after_the_pause(monkeypatch, mailoutbox):
    def refuse(self):
        raise ConnectionRefusedError

    noted()
    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", refuse)
        assert not send_due()
    assert not send_due()
    with later(PAUSE + timedelta(seconds=1)):
        assert send_due()
    assert len(mailoutbox) == 1


def test_a_statement_that_the_database_refuses_is_told_and_a_database_that_is_away_is_not_asked_once_more(failing):
    assert failing(OperationalError("away")).status_code == 503
    assert not Fault.objects.exists()
    assert failing(IntegrityError(f"Key {CANARY}")).status_code == 503
    assert "IntegrityError" in Fault.objects.get().kind


def test_a_database_that_cannot_be_written_costs_no_visitor_the_page_of_the_fault(failing):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE staff_fault RENAME TO away")
    assert "Feil nr." in failing(ValueError("fault")).text


def test_without_an_operator_nothing_is_noted(failing, settings):
    settings.OPERATOR_MAIL = ""
    assert failing(ValueError("fault")).status_code == 500
    assert not Fault.objects.exists()


def test_what_was_told_is_forgotten_after_a_day():
    noted()
    send_due()
    with later(timedelta(days=1, seconds=1)):
        send_due()
    assert not Fault.objects.exists()


def test_the_command_of_a_failed_service_mails_the_same_way(mailoutbox):
    call_command("tell_operator", "mestringshusene-web.service")
    [sent] = mail.outbox
    assert (sent.to, sent.extra_headers["Auto-Submitted"]) == ([OPERATOR], "auto-generated")
    assert "journalctl -u mestringshusene-web.service" in sent.body
