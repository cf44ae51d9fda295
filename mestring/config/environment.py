"""Reads variables of the environment. What cannot be read becomes a sentence, and no traceback.

No sentence quotes a value: it may hold a password.
"""

import os
from datetime import time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from mestring.config.database import strange_options

Network = IPv4Network | IPv6Network
WORDS = {
    word: word in ("1", "true", "on", "yes") for word in ("1", "0", "true", "false", "on", "off", "yes", "no")
}
DATABASES = ("sqlite://", "postgres://", "postgresql://")


# A hundred years in days. Who writes 999999 for "for ever" asks for a day before the calendar begins.
LARGEST = 36_500


class Environment:
    """The variables, and in `faults` a sentence for each that cannot be read; its default stands in for it."""

    def __init__(self) -> None:
        self.env = environ.Env()
        self.faults: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        """Return the text as it is set, without the line ending that a file from Windows leaves on it.

        django-environ is not asked: it takes a secret that begins with $ for the name of another variable.
        """
        return os.environ.get(name, "").strip() or default

    def folder(self, name: str, default: Path) -> Path:
        """Return a folder as a whole path. No shell reads the file of a service, so ~ is read here."""
        return Path(os.path.expanduser(self.text(name, str(default)))).resolve()  # noqa: PTH111 (raises no error)

    def number(self, name: str, default: int) -> int:
        """Return a whole number."""
        text = self.text(name)
        if not text:
            return default
        if text.removeprefix("-").isdecimal() and len(text) < 10 and abs(int(text)) <= LARGEST:
            return int(text)
        self.faults.append(f"{name} must be a whole number, at most {LARGEST}.")
        return default

    def names(self, name: str, default: list[str]) -> list[str]:
        """Return a list; commas divide it, with or without spaces."""
        return [one.strip() for one in self.text(name).split(",") if one.strip()] or default

    def networks(self, name: str, default: list[str]) -> list[Network]:
        """Return a list of networks; an address alone is one of its own."""
        try:
            return [ip_network(one) for one in self.names(name, default)]
        except ValueError:
            self.faults.append(f"{name} must be addresses or networks, such as 10.0.0.7 or 10.0.0.0/24.")
            return [ip_network(one) for one in default]

    def switch(self, name: str, default: bool) -> bool:
        """Return whether something is on."""
        text = self.text(name).lower()
        if text and text not in WORDS:
            self.faults.append(f"{name} must be 'true' or 'false'.")
        return WORDS.get(text, default)

    def clock_time(self, name: str, default: time) -> time:
        """Return a time of day."""
        text = self.text(name)
        try:
            return time.fromisoformat(text) if text else default
        except ValueError:
            self.faults.append(f"{name} must be a time such as 08:00.")
            return default

    def database(self, name: str, default: str) -> dict[str, Any]:
        """Return Django's settings of a database, from its address."""
        try:
            address = self._address(name, default)
            # Asked first: django-environ warns of any other address, with the password in it.
            if address.startswith(DATABASES):
                found = dict(self.env.db_url_config(address))
                if not address.startswith("sqlite") and (
                    strange := strange_options(parse_qsl(urlsplit(address).query))
                ):
                    self.faults.append(
                        f"{name} has options that PostgreSQL does not know or cannot read: {', '.join(strange)}."
                    )
                # The folder of a socket, as libpq's own addresses have it: %2Fvar%2Frun%2Fpostgresql.
                return found | {"HOST": unquote(found.get("HOST") or "")}
        except ValueError:
            pass
        example = "postgres://user:password@host/name or sqlite:////folder/file"
        self.faults.append(f"{name} must be like {example}. {ESCAPE}")
        return dict(self.env.db_url_config(default))

    def mail_server(self, name: str, default: str) -> dict[str, Any]:
        """Return Django's settings of mail, from the mail server's address."""
        try:
            found = dict(self.env.email_url_config(self._address(name, default)))
            # Python's SMTP sends no other letters at login: every mail would fail.
            if not f"{found.get('EMAIL_HOST_USER') or ''}{found.get('EMAIL_HOST_PASSWORD') or ''}".isascii():
                raise ValueError
            return found | OUR_SMTP if found["EMAIL_BACKEND"] == DJANGO_SMTP else found
        except (ValueError, ImproperlyConfigured):
            self.faults.append(f"{name} must be like smtp+tls://user:password@host:587, without æ, ø, å. {ESCAPE}")
            return dict(self.env.email_url_config(default))

    def _address(self, name: str, default: str) -> str:
        """Return an address whose parts are what they seem. Raises ValueError.

        A sign such as # or / in a password ends the name of the host: the rest would be taken for a path.
        """
        text = self.text(name, default)
        parts = urlsplit(text)
        _port = parts.port  # read, as it raises ValueError when it is no number
        if parts.netloc and "@" in parts.path + parts.query + parts.fragment:
            raise ValueError
        return text


DJANGO_SMTP = "django.core.mail.backends.smtp.EmailBackend"
OUR_SMTP = {"EMAIL_BACKEND": "contact.notifications.smtp.EmailBackend"}  # a slow mail server holds nothing up
ESCAPE = "In a password, write # as %23, / as %2F, ? as %3F, @ as %40, % as %25."
