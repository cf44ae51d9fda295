"""A real SMTP server, to which the site's mail goes."""

from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from tests.conftest import free_port


class Mailbox:
    """An SMTP server's memory: what it took, and whether it takes anything."""

    def __init__(self):
        self.offered, self.taken = [], []
        self.refuses = False

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (aiosmtpd's name)
        mail = message_from_bytes(envelope.content, policy=default)
        self.offered.append(mail)
        if self.refuses:
            return "451 Try again later"
        self.taken.append(mail)
        return "250 OK"


@pytest.fixture(scope="module")
def smtp_server():
    mailbox = Mailbox()
    mailbox.port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    yield mailbox
    controller.stop()


@pytest.fixture
def smtp(smtp_server):
    """The server, which has taken nothing yet."""
    smtp_server.offered, smtp_server.taken, smtp_server.refuses = [], [], False
    return smtp_server


@pytest.fixture
def mailbox(smtp, settings):
    settings.EMAIL_BACKEND = "contact.notifications.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return smtp
