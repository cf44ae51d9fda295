"""The mail server is slow, falls silent, hangs up half-way, or refuses: the mail goes later, and then once."""

import socket
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contact.models import Delivery
from contact.notifications import smtp
from contact.notifications.messages import message_to_staff
from contact.notifications.outbox import LAST_RETRY, LEASE, deliver_due

pytestmark = pytest.mark.django_db
GREETING = b"220 here\r\n"
TALK = {b"EHLO": b"250 here\r\n", b"MAIL": b"250 ok\r\n", b"RCPT": b"250 ok\r\n", b"DATA": b"354 go on\r\n"}


class OddServer(threading.Thread):
    """Speaks SMTP up to one word, then does what the test says: falls silent, hangs up, or answers oddly."""

    def __init__(self, word: bytes, does: bytes | None):
        super().__init__(daemon=True)
        self.word, self.does = word, does
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.kept = self.socket.getsockname()[1], []

    def run(self):
        try:
            while True:
                line, _address = self.socket.accept()
                self.kept.append(line)  # or it would hang up
                self.talk(line)
        except OSError:
            pass  # the test is over

    def talk(self, line):
        if self.word == b"":
            return self.odd(line)
        line.sendall(GREETING)
        return self.talk_on(line)

    def talk_on(self, line):
        within_mail = False
        for said in line.makefile("rb"):
            word = said[:4].strip().upper()
            if within_mail and word != b".":
                continue
            if word == self.word:
                return self.odd(line)
            line.sendall(TALK.get(word, b"250 ok\r\n"))
            within_mail = word == b"DATA"
        return None

    def odd(self, line):
        if self.does is None:
            return  # half open: the line stays, and nothing comes
        line.sendall(self.does)
        line.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def through(settings):
    """Return a function that makes the site mail through this server."""
    settings.EMAIL_BACKEND = "contact.notifications.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "127.0.0.1", "", ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    made = []

    def mail_through(server):
        server.start()
        made.append(server)
        settings.EMAIL_PORT = server.port

    yield mail_through
    for server in made:
        for line in (server.socket, *server.kept):
            line.close()


FAULTS = {
    "never greets": (b"", None),
    "falls silent when it is told who writes": (b"MAIL", None),
    "falls silent before it accepts": (b".", None),
    "hangs up at once": (b"", b""),
    "hangs up in the middle": (b"DATA", b""),
    "hangs up before it accepts": (b".", b""),
    "is too busy": (b"EHLO", b"421 too busy\r\n"),
    "knows nobody here": (b"RCPT", b"550 nobody\r\n"),
    "refuses what it was sent": (b".", b"554 no\r\n"),
    "talks nonsense": (b"", b"\xff\xfe hello\r\n"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_mail_server_that_fails_in_any_way_loses_nothing(inquiry, settings, through, mailoutbox, fault):
    settings.EMAIL_TIMEOUT = 0.2
    through(OddServer(*FAULTS[fault]))
    assert deliver_due() == 0
    row = Delivery.objects.get()
    assert (row.attempts, row.sent_at, row.leased_until) == (1, None, None)
    assert row.last_error
    refused = message_to_staff([row]).extra_headers["Message-ID"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(timezone.now() + LAST_RETRY, tick=False):
        assert [deliver_due(), deliver_due()] == [1, 0]
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [refused]


class SlowServer(OddServer):
    """Takes any mail in the end, and says one line after another meanwhile: each in time, for three seconds."""

    def odd(self, line):
        for _line in range(60):
            time.sleep(0.05)
            line.sendall(b"250-still here\r\n")
        line.sendall(b"250 ok\r\n")
        self.word = None
        self.talk_on(line)


@pytest.mark.parametrize("word", [b"EHLO", b"MAIL", b"."])
def test_a_mail_server_that_is_slow_without_end_is_left_and_tried_again(
    inquiry, settings, through, monkeypatch, word
):
    settings.EMAIL_TIMEOUT = 1
    monkeypatch.setattr(smtp, "EXCHANGE_SECONDS", 0.5)
    through(SlowServer(word, None))
    assert deliver_due() == 0
    row = Delivery.objects.get()
    assert (row.attempts, row.sent_at, row.last_error) == (1, None, "SMTPServerDisconnected")


def test_a_mail_server_that_answers_is_not_cut(inquiry, settings, through):
    through(OddServer(None, None))
    assert deliver_due() == 1
    timers = [one for one in threading.enumerate() if isinstance(one, threading.Timer)]
    assert all(one.finished.is_set() for one in timers)


def test_the_lease_is_longer_than_the_slowest_mail_server_is_waited_for(settings):
    assert timedelta(seconds=settings.EMAIL_TIMEOUT + smtp.EXCHANGE_SECONDS) < LEASE


def test_each_mail_says_that_the_process_works_so_that_slow_ones_add_up_to_no_hanging(
    inquiry, settings, through, tmp_path, monkeypatch
):
    """A hundred mails to a server that falls silent last longer than the service manager's patience."""
    settings.EMAIL_TIMEOUT, told = 0.2, []
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.setblocking(False)
        through(OddServer(b"MAIL", None))
        for _turn in range(3):
            Delivery.objects.update(not_before=timezone.now(), leased_until=None)
            assert deliver_due() == 0
            told.append(ear.recv(64))
    assert told == [b"WATCHDOG=1"] * 3
