"""Reading an inquiry and its thread: every look is logged before anything is shown."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit import access_log
from contact.cases.contact_attempts import ContactAttempt
from contact.cases.contact_preferences import describe_preferences
from contact.cases.next_step import NextStep
from contact.cases.reply_marks import is_from_clinic
from contact.crypto.sealing import SealBroken, open_sealed
from contact.keys.key_holders import open_with_recovery, open_with_server_grant
from contact.keys.keyring import Opener
from contact.models import AccessEntry, Inquiry, Message
from contact.permissions import display_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


@dataclass(frozen=True)
class ThreadEntry:
    """One opened message of a thread. Its text is empty when the seal is broken."""

    kind: str
    at: datetime
    author: str
    text: str = field(repr=False)
    attempt: ContactAttempt | None = None  # only of a contact attempt
    against: tuple[str, ...] = ()  # the sender's preferences that the attempt went against, in words
    step: NextStep | None = None  # only of a next step

    @property
    def as_text(self) -> str:
        """The whole entry as one text, for a copy or a terminal."""
        if self.step:
            when = f"{timezone.localtime(self.step.at):%Y-%m-%d %H:%M}"
            return " ".join(part for part in (f"{self.step.summary}, {when}.", self.step.who, self.text) if part)
        if self.attempt is None:
            return self.text
        reason = _("Against the sender's wish, because: %(reason)s") % {"reason": self.attempt.reason}
        parts = [f"{self.attempt.summary}.", self.text, *self.against, reason if self.against else ""]
        return " ".join(part for part in parts if part)


def open_inquiry(inquiry: Inquiry, user: "User", opener: Opener = open_with_server_grant) -> dict[str, str]:
    """Log the look, then return the answers. Raises KeysMissing, SealBroken.

    A look at an inquiry with a broken seal is logged too, and makes it count as read: no colleague will ever read
    more of it, so it must be possible to close it.
    """
    key = opener(inquiry.key)
    access_log.note(Action.OPENED, user, inquiry=inquiry)
    return unseal(inquiry, key)


def open_messages(inquiry: Inquiry, opener: Opener = open_with_server_grant) -> list[ThreadEntry]:
    """Return the thread, oldest first. The caller has logged the look at its inquiry. Raises KeysMissing.

    A reply without the clinic's mark has no text.
    """
    opened = cache(opener)  # a thread seldom spans two generations
    rows = Message.objects.filter(inquiry=inquiry).select_related("key", "author").defer("sealed_to_sender")
    entries = []
    for message in rows:
        entry = _open_entry(message, opened(message.key))
        if message.kind == Message.Kind.REPLY and not _is_marked(
            message, entry.text, inquiry, opened(inquiry.key)
        ):
            entry = replace(entry, text="")
        entries.append(entry)
    return entries


def open_with_paper(inquiry: Inquiry, paper: str) -> dict[str, str]:
    """Return the answers, opened with the recovery paper, and log that. Raises PaperWrong, SealBroken."""
    answers = unseal(inquiry, open_with_recovery(inquiry.key, paper))
    access_log.note(Action.OPENED_WITH_PAPER, inquiry=inquiry)
    return answers


def unseal(inquiry: Inquiry, private_key: X25519PrivateKey) -> dict[str, str]:
    """Return the answers without logging, for callers that log themselves or only count. Raises SealBroken."""
    answers: dict[str, str] = _content(inquiry, private_key)["answers"]
    return answers


def sealed_sender(inquiry: Inquiry, opener: Opener) -> tuple[str, str] | None:
    """Return the locator and the sender's key (in hex) that were sealed with the answers. Raises SealBroken.

    Of an inquiry from before they were sealed too: None.
    """
    content = _content(inquiry, opener(inquiry.key))
    return (content["locator"], content["sender_key"]) if "sender_key" in content else None


def _is_marked(message: Message, text: str, inquiry: Inquiry, inbox: X25519PrivateKey) -> bool:
    """Say whether a reply is the clinic's, by the sender's key that came in with the inquiry."""
    try:
        sealed = _content(inquiry, inbox).get("sender_key")
    except SealBroken:
        return False
    sender = bytes.fromhex(sealed) if sealed else bytes(inquiry.sender_key or b"")  # not sealed, long ago
    return is_from_clinic(message.mark, message.written_at, inbox, sender, message.id, text)


def _content(inquiry: Inquiry, private_key: X25519PrivateKey) -> dict[str, Any]:
    plain = open_sealed(bytes(inquiry.sealed), private_key, inquiry.id, Inquiry.SEALED_FIELD)
    content: dict[str, Any] = json.loads(plain)
    return content


def _open_entry(message: Message, private_key: X25519PrivateKey) -> ThreadEntry:
    author = display_name(message.author) if message.author else ""
    try:
        text = open_sealed(bytes(message.sealed), private_key, message.id, Message.SEALED_FIELD).decode()
    except SealBroken:
        return ThreadEntry(message.kind, message.written_at, author, "")
    if message.kind == Message.Kind.NEXT_STEP:
        step = NextStep.from_json(text)
        return ThreadEntry(message.kind, message.written_at, author, step.text, step=step)
    if message.kind != Message.Kind.CONTACT_ATTEMPT:
        return ThreadEntry(message.kind, message.written_at, author, text)
    attempt = ContactAttempt.from_json(text)
    against = tuple(describe_preferences(attempt.against))
    return ThreadEntry(message.kind, message.written_at, author, attempt.text, attempt, against)
