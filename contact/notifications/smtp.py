"""Django's mail by SMTP, with an end to the whole exchange.

EMAIL_TIMEOUT counts anew with each byte: a mail server that sends a line now and then would hold the delivery
process for as long as it likes, and with it every other mail and the hourly tasks.
"""

import smtplib
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

from contact.notifications.service_manager import tell

EXCHANGE_SECONDS = 120.0  # for one mail, however slowly the mail server answers


class _Cut(smtplib.SMTP):
    """A connection that another thread cuts when its time is over: what waits on it gets an error."""

    timer: threading.Timer | None = None
    second: socket.socket | None = None

    def _get_socket(self, *args: Any) -> socket.socket:
        raw: socket.socket = super()._get_socket(*args)  # type: ignore[misc]  # where smtplib connects
        # A descriptor of its own: TLS takes the first one over, and the number of a closed one is given again.
        self.second = raw.dup()
        self.timer = threading.Timer(EXCHANGE_SECONDS, _cut, [self.second])
        self.timer.daemon = True
        self.timer.start()
        return raw

    def close(self) -> None:
        """Close the connection before its time is over."""
        super().close()
        if self.timer and self.second:
            self.timer.cancel()
            self.second.close()


class _CutTLS(smtplib.SMTP_SSL, _Cut):
    """The same over TLS from the first byte. SMTP_SSL asks the class behind it for the plain connection."""


class EmailBackend(smtp.EmailBackend):
    """Django's, with connections that end."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return what Django connects with."""
        return _CutTLS if self.use_ssl else _Cut

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send, and first say that this process works: many mails to a slow server are no hanging process."""
        tell("WATCHDOG=1")
        return super().send_messages(email_messages)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):  # closed a moment ago
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
