"""Reads variables of the environment. What cannot be read becomes a sentence, and no traceback.

No sentence quotes a value: it may hold a password.
"""

from datetime import time
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

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

    def number(self, name: str, default: int) -> int:
        """Return a whole number."""
        text = self.env(name, default="").strip()
        if not text:
            return default
        if text.removeprefix("-").isdecimal() and len(text) < 10 and abs(int(text)) <= LARGEST:
            return int(text)
        self.faults.append(f"{name} must be a whole number, at most {LARGEST}.")
        return default

    def names(self, name: str, default: list[str]) -> list[str]:
        """Return a list; commas divide it, with or without spaces."""
        return [one.strip() for one in self.env(name, default="").split(",") if one.strip()] or default

    def switch(self, name: str, default: bool) -> bool:
        """Return whether something is on."""
        text = self.env(name, default="").strip().lower()
        if text and text not in WORDS:
            self.faults.append(f"{name} must be 'true' or 'false'.")
        return WORDS.get(text, default)

    def clock_time(self, name: str, default: time) -> time:
        """Return a time of day."""
        text = self.env(name, default="")
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
                return dict(self.env.db_url_config(address))
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
            return found
        except (ValueError, ImproperlyConfigured):
            self.faults.append(f"{name} must be like smtp+tls://user:password@host:587, without æ, ø, å. {ESCAPE}")
            return dict(self.env.email_url_config(default))

    def _address(self, name: str, default: str) -> str:
        """Return an address whose parts are what they seem. Raises ValueError.

        A sign such as # or / in a password ends the name of the host: the rest would be taken for a path.
        """
        text = self.env(name, default="") or default
        parts = urlsplit(text)
        _port = parts.port  # read, as it raises ValueError when it is no number
        if parts.netloc and "@" in parts.path + parts.query + parts.fragment:
            raise ValueError
        return str(text)


ESCAPE = "In a password, write # as %23, / as %2F, ? as %3F, @ as %40, % as %25."
