"""Reading the inbox: every look is written down before it is shown."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.utils.translation import gettext as _

from contact.audit import access_log
from contact.cases import contact_preferences
from contact.cases.contact_attempts import Outside, read
from contact.crypto.sealing import SealBroken, open_sealed
from contact.keys.keyring import Opener, open_with_recovery, open_with_server_grant
from contact.models import AccessEntry, Inquiry, Message

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


@dataclass(frozen=True)
class Entry:
    """One opened message of a thread. No text where the seal is broken."""

    kind: str
    at: datetime
    author: str
    text: str = field(repr=False)
    outside: Outside | None = None  # of a contact outside the thread
    against: tuple[str, ...] = ()  # the wishes it went against, in words

    @property
    def told(self) -> str:
        """Return the whole entry as one text, for a copy or a terminal."""
        if self.outside is None:
            return self.text
        reason = _("Against the sender's wish, because: %(reason)s") % {"reason": self.outside.reason}
        parts = [f"{self.outside.what}.", self.text, *self.against, reason if self.against else ""]
        return " ".join(part for part in parts if part)


def open_inquiry(inquiry: Inquiry, user: "User", opener: Opener = open_with_server_grant) -> dict[str, str]:
    """Return what was written, once the look is logged. Raises KeysMissing, SealBroken.

    Also what is broken has then been looked at: nobody will ever read more of it, and it can be closed.
    """
    key = opener(inquiry.key)
    access_log.note(Action.OPENED, user, inquiry=inquiry)
    return unseal(inquiry, key)


def open_messages(inquiry: Inquiry, opener: Opener = open_with_server_grant) -> list[Entry]:
    """Return the thread, oldest first; the look at its inquiry is logged already. Raises KeysMissing."""
    opened = cache(opener)  # a thread seldom spans two generations
    rows = Message.objects.filter(inquiry=inquiry).select_related("key", "author").defer("sealed_to_sender")
    return [_entry(message, opened(message.key)) for message in rows]


def open_with_paper(inquiry: Inquiry, paper: str) -> dict[str, str]:
    """Return what was written, opened with the recovery paper. Raises PaperWrong, SealBroken."""
    answers = unseal(inquiry, open_with_recovery(inquiry.key, paper))
    access_log.note(Action.OPENED_WITH_PAPER, inquiry=inquiry)
    return answers


def unseal(inquiry: Inquiry, private_key: X25519PrivateKey) -> dict[str, str]:
    """Return what was written, without logging: for callers that log, or that only count. Raises SealBroken."""
    plain = open_sealed(bytes(inquiry.sealed), private_key, inquiry.id, Inquiry.SEALED_FIELD)
    answers: dict[str, str] = json.loads(plain)["answers"]
    return answers


def _entry(message: Message, private_key: X25519PrivateKey) -> Entry:
    author = message.author.get_full_name() or message.author.get_username() if message.author else ""
    try:
        text = open_sealed(bytes(message.sealed), private_key, message.id, Message.SEALED_FIELD).decode()
    except SealBroken:
        return Entry(message.kind, message.written_at, author, "")
    if message.kind != Message.Kind.OUTSIDE:
        return Entry(message.kind, message.written_at, author, text)
    said = read(text)
    against = tuple(contact_preferences.in_words(said.against))
    return Entry(message.kind, message.written_at, author, said.text, said, against)
