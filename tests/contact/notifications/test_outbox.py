"""Against a real SMTP server: at least once, content-free, the same Message-ID each time."""

import logging
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contact.cases.reading import open_inquiry
from contact.cases.unread import unread_inquiries
from contact.models import Delivery, Inquiry
from contact.notifications import outbox
from contact.notifications.heartbeat import beat
from contact.notifications.messages import message_to_staff
from contact.notifications.outbox import FIRST_RETRY, LATE, LEASE, STAFF_PAUSE, deliver_due
from contact.sender import thread
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests import building, site_database
from tests.conftest import ROOT, environment_of, run
from tests.contact.conftest import CANARY, NOTHING

pytestmark = pytest.mark.django_db


def later(wait):
    return time_machine.travel(timezone.now() + wait, tick=False)


def test_one_mail_goes_to_those_who_watch_the_inbox(mailbox, inquiry):
    assert deliver_due() == 1
    (mail,) = mailbox.taken
    assert mail["To"] == "inntak@mestringshusene.example"
    assert mail["From"] == "nettsted@mestringshusene.example"


def test_the_mail_says_nothing_about_the_inquiry(mailbox, inquiry):
    deliver_due()
    whole = mailbox.taken[0].as_string() + mailbox.taken[0].get_content()
    for secret in (CANARY, inquiry.reference, str(inquiry.pk), "Sol", "900 00 000", "patient", "pasient", "http"):
        assert secret not in whole


def test_a_mail_that_was_accepted_is_not_sent_again(mailbox, inquiry):
    open_inquiry(inquiry, None)  # read and answered, so that no reminder names it
    Inquiry.objects.update(waiting_since=None)
    deliver_due()
    with later(timedelta(days=9)):
        assert deliver_due() == 0
    assert len(mailbox.taken) == 1


def send(text="two"):
    receive("patient", "nb", {"message": text}, nonce_of(new_token()))


def test_staff_get_one_mail_for_all_that_comes_within_ten_minutes(mailbox, inquiry):
    assert deliver_due() == 1
    send("a"), send("b")
    with later(STAFF_PAUSE - timedelta(seconds=5)):
        assert deliver_due() == 0
    with later(STAFF_PAUSE + timedelta(seconds=5)):
        assert deliver_due() == 1
        assert deliver_due() == 0
    assert not Delivery.objects.filter(sent_at=None).exists()
    assert "3 henvendelser er ikke lest av noen." in mailbox.taken[1].get_content()


def test_a_shared_mail_that_is_refused_comes_again_with_the_same_message_id(mailbox, inquiry):
    send()
    mailbox.refuses = True
    deliver_due()
    mailbox.refuses = False
    with later(FIRST_RETRY):
        assert deliver_due() == 1
    assert mailbox.taken[0]["Message-ID"] == mailbox.offered[0]["Message-ID"]


def test_a_mail_about_more_is_not_taken_for_one_that_the_mail_server_has_had(mailbox, inquiry):
    mailbox.refuses = True  # as when its acceptance is lost on the way: the first mail may have arrived
    deliver_due()
    mailbox.refuses = False
    send()
    with later(FIRST_RETRY):
        assert deliver_due() == 1
    assert "2 henvendelser" in mailbox.taken[0].get_content()
    assert mailbox.taken[0]["Message-ID"] != mailbox.offered[0]["Message-ID"]


def test_a_mail_that_counts_anew_is_not_taken_for_an_earlier_one(inquiry):
    rows = list(Delivery.objects.all())
    first, again = message_to_staff(rows), message_to_staff(rows)
    send()
    more = message_to_staff(rows)
    ids = [mail.extra_headers["Message-ID"] for mail in (first, again, more)]
    assert ids[0] == ids[1] != ids[2]


def test_no_absence_reply_comes_back(mailbox, inquiry):
    deliver_due()
    assert mailbox.taken[0]["Auto-Submitted"] == "auto-generated"
    assert mailbox.taken[0]["X-Auto-Response-Suppress"] == "All"  # Exchange and Outlook know this one alone


def test_what_a_sender_adds_to_a_case_that_was_read_is_unread_again(mailbox, receipt, inquiry, inquiry_client):
    def listed():
        return inquiry_client.get("/admin/contact/inquiry/").text

    assert "Ikke lest" in listed()
    open_inquiry(inquiry, None)
    assert not unread_inquiries().exists()
    assert "Ikke lest" not in listed()
    thread.add_message(receipt.code, CANARY, NOTHING)
    assert [one.pk for one in unread_inquiries()] == [inquiry.pk]
    assert "Avsenderen skrev mer" in listed()
    open_inquiry(inquiry, None)
    assert not unread_inquiries().exists()


def test_an_address_that_one_sender_mistyped_says_nothing_about_the_mail(mailbox, inquiry, client):
    Delivery.objects.update(sent_at=timezone.now())
    Delivery.objects.create(
        kind=Delivery.Kind.ANSWER, inquiry=inquiry, attempts=5, last_error="SMTPRecipientsRefused"
    )
    beat()
    assert client.get("/readyz").text == "ready\n"


def test_a_delivery_erased_between_claim_and_mail_is_skipped(mailbox, inquiry):
    def gone(claim):
        class Rows:
            def update(self, **values):
                done = claim.update(**values)
                Delivery.objects.all().delete()
                return done

        return Rows()

    assert not outbox.claim_and_send(gone(outbox.due_deliveries(timezone.now())), outbox.message_to_staff)


@pytest.mark.plain
@pytest.mark.parametrize("wait", [FIRST_RETRY, LATE])
def test_failing_mail_is_reported_on_the_first_page_and_by_readyz(mailbox, inquiry, client, inquiry_client, wait):
    beat()
    assert client.get("/readyz").text == "ready\n"
    mailbox.refuses = True
    if wait == FIRST_RETRY:
        for _attempt in range(2):
            Delivery.objects.update(not_before=timezone.now())
            deliver_due()
    with later(wait if wait == LATE else timedelta(0)):
        answer = client.get("/readyz")
        assert (answer.status_code, "yellow: mail" in answer.text) == (200, True)
        assert "E-post kommer ikke fram" in inquiry_client.get("/admin/").text
    mailbox.refuses = False
    with later(timedelta(hours=2)):
        deliver_due()
        beat()
        assert "yellow" not in client.get("/readyz").text


@pytest.mark.plain
def test_a_refused_mail_is_tried_again_later_and_later_and_never_given_up(mailbox, inquiry):
    open_inquiry(inquiry, None)  # and answered, so that no reminder names it meanwhile
    Inquiry.objects.update(waiting_since=None)
    mailbox.refuses = True
    waits = []
    for _attempt in range(12):
        with later(timedelta(days=9)) if waits else later(timedelta(0)):
            deliver_due()
            waits.append(Delivery.objects.get().not_before - timezone.now())
        Delivery.objects.update(not_before=timezone.now())
    assert waits[:3] == [FIRST_RETRY, FIRST_RETRY * 2, FIRST_RETRY * 4]
    assert waits[-1] == timedelta(hours=1)
    mailbox.refuses = False
    assert deliver_due() == 1


def test_a_refusal_keeps_the_error_s_class_and_not_its_words(mailbox, inquiry, caplog):
    mailbox.refuses = True
    with caplog.at_level(logging.DEBUG, logger="contact"):
        deliver_due()
    assert Delivery.objects.get().last_error == "SMTPDataError"
    assert "SMTPDataError" in caplog.text
    assert "Try again later" not in caplog.text


def test_a_mail_that_waits_is_not_sent_too_early(mailbox, inquiry):
    mailbox.refuses = True
    deliver_due()
    mailbox.refuses = False
    assert deliver_due() == 0
    with later(FIRST_RETRY):
        assert deliver_due() == 1


def test_a_server_that_is_away_loses_nothing(mailbox, inquiry, settings):
    settings.EMAIL_PORT = 1
    assert deliver_due() == 0
    settings.EMAIL_PORT = mailbox.port
    with later(FIRST_RETRY):
        assert deliver_due() == 1


def test_while_mail_is_held_none_is_sent_and_none_is_lost(mailbox, inquiry, settings, tmp_path):
    settings.MAIL_HELD = tmp_path / "mail-is-held"
    settings.MAIL_HELD.touch()
    assert deliver_due() == 0
    assert mailbox.taken == []
    settings.MAIL_HELD.unlink()
    assert deliver_due() == 1


def test_what_another_process_has_claimed_is_left_alone_until_its_lease_runs_out(mailbox, inquiry):
    Delivery.objects.update(leased_until=timezone.now() + LEASE)
    assert deliver_due() == 0
    with later(LEASE):
        assert deliver_due() == 1


def test_a_row_that_another_process_claims_a_moment_earlier_is_not_sent_twice(mailbox, inquiry):
    free = outbox.due_deliveries(timezone.now())
    Delivery.objects.update(leased_until=timezone.now() + LEASE)  # the other process
    assert not outbox.claim_and_send(free, outbox.message_to_staff)
    assert mailbox.taken == []


# --- the real process --------------------------------------------------------------------------

# A process is forked where a second one is needed: each start of Django takes time.


@pytest.fixture
def site(built_site, tmp_path, smtp):
    """A site with one inquiry that sends its mail to the test's server."""
    building.copy(built_site, tmp_path, "written")
    return environment_of(tmp_path) | {"EMAIL_URL": f"smtp://127.0.0.1:{smtp.port}"}


# A process dies before the mark; then one round while its lease still runs, and one after it.
DIE_THEN_AGAIN_AND_LATER = """
import os, signal
import django; django.setup()
from django.core.management import call_command
from contact.models import Delivery
from contact.notifications import outbox
if not os.fork():
    outbox.mark_sent = lambda rows: os.kill(os.getpid(), signal.SIGKILL)
    outbox.deliver_due()
    os._exit(1)
print(os.WTERMSIG(os.wait()[1]), flush=True)
call_command("deliver", once=True)
print(Delivery.objects.get().attempts, flush=True)
Delivery.objects.update(leased_until="2000-01-01 00:00:00Z")
call_command("deliver", once=True)
"""


@pytest.mark.plain
def test_a_process_killed_between_accept_and_mark_sends_again_with_the_same_message_id(site, smtp):
    died_of, attempts = run(["-c", DIE_THEN_AGAIN_AND_LATER], site).split()
    assert int(died_of) == signal.SIGKILL
    assert attempts == "1", "the lease of the dead process still runs"
    first, second = smtp.taken
    assert first["Message-ID"] == second["Message-ID"]


TWO_AT_ONCE = """
import os, sys
import django; django.setup()
from django.core.management import call_command
other = os.fork()
call_command("deliver", once=True)
sys.exit(os.wait()[1] if other else 0)
"""


def test_two_processes_at_once_send_one_mail(site, smtp):
    run(["-c", TWO_AT_ONCE], site)
    assert len(smtp.taken) == 1


# What manage.py does, in a loop that pauses for a moment only.
QUICK_LOOP = """
import django; django.setup()
from django.core.management import execute_from_command_line
from contact.management.commands import deliver
deliver.PAUSE = 0.2
execute_from_command_line(["manage.py", "deliver"])
"""


@pytest.mark.parametrize("stop", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.proof("kills"))])
def test_the_loop_outlives_a_database_that_is_away_then_sends_and_a_signal_ends_it_cleanly(
    site, smtp, tmp_path, stop
):
    log = tmp_path / "errors"
    with site_database.away(tmp_path):
        with log.open("wb") as errors:
            process = subprocess.Popen([sys.executable, "-c", QUICK_LOOP], cwd=ROOT, env=site, stderr=errors)
        wait_until(lambda: log.read_bytes().count(b"OperationalError") > 2)
    try:
        wait_until(lambda: smtp.taken)
    finally:
        process.send_signal(stop)
        process.wait(timeout=20)
    faults = [line for line in log.read_bytes().splitlines() if not line.startswith(b"INFO contact.heads ")]
    assert process.returncode == 0
    assert [line for line in faults if b"failed (OperationalError); trying again" not in line] == []
    assert b"no such table" not in log.read_bytes(), "the class of an error is logged, never its words"


def wait_until(true):
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
