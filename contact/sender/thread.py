"""The thread as its sender sees it: the return code opens it, and nothing else does.

The sender's own words are not shown again, because another person may look at a shared telephone. They are sealed
to the inbox alone; only replies are sealed to the sender.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction
from django.db.models import FilteredRelation, Q

from contact.audit.access_log import note
from contact.cases.deadlines import start_waiting
from contact.cases.reply_marks import is_from_clinic
from contact.cases.status import reopen
from contact.crypto import return_code
from contact.crypto.sealing import SealBroken, open_sealed, seal
from contact.keys.keyring import is_pinned, sealing_key
from contact.models import AccessEntry, Delivery, InboxKey, Inquiry, Message, Tombstone
from contact.retention.erasure import Erased, erase, lock_inquiry
from contact.retention.erasure_requests import stop_erasing
from contact.retention.schedule import days_after_closing, erased_on, held
from contact.sender.rate_limit import RateLimited, admit

Action = AccessEntry.Action
log = logging.getLogger("contact.keys")  # operators filter by this name (docs/operators.md)
VISIBLE_KINDS = (Message.Kind.FROM_SENDER, Message.Kind.REPLY)
COLUMNS = ("id", "kind", "written_at", "sealed_to_sender", "mark")


@dataclass(frozen=True)
class SenderEntry:
    """One entry as the sender sees it. No text when the sender wrote it, or when a reply is not the clinic's."""

    at: datetime
    is_reply: bool
    text: str = field(default="", repr=False)


@dataclass(frozen=True)
class SenderThread:
    """What the sender is shown."""

    reference: str
    entries: list[SenderEntry]
    is_closed: bool
    erased_on: datetime | None  # only of a closed case that is not held
    days_after_closing: int | None  # none of a held case

    @property
    def has_reply(self) -> bool:
        """Whether staff have replied here."""
        return any(entry.is_reply for entry in self.entries)

    @property
    def sender_wrote_last(self) -> bool:
        """Whether the newest entry is the sender's own, so that it waits for an answer."""
        return not self.entries[-1].is_reply


def open_thread(code: bytes) -> SenderThread:
    """Return the thread of this code, in one query. Raises CodeWrong, Erased."""
    locator = return_code.locator_of(code)
    visible = FilteredRelation("messages", condition=Q(messages__kind__in=VISIBLE_KINDS))
    inquiries = Inquiry.with_rehearsals.filter(locator=locator).annotate(visible=visible, held=held())
    rows = list(
        inquiries.order_by("visible__written_at", "visible__id").values_list(
            *("reference", "received_at", "status", "closed_at", "held", "key__generation", "key__public_key"),
            *(f"visible__{name}" for name in COLUMNS),
        )
    )
    if not rows:
        raise _no_thread(locator)
    reference, received_at, status, closed_at, is_held, generation, public_key = rows[0][:7]
    key = return_code.sender_key(code)
    inbox_key = InboxKey(generation=generation, public_key=public_key)
    inbox = bytes(public_key) if is_pinned(inbox_key) else b""  # an intruder's own key marks nothing
    entries = [_open_entry(key, inbox, *row[7:]) for row in rows if row[7]]
    day = erased_on(Inquiry(status=status, closed_at=closed_at), is_held=is_held)
    is_closed = status == Inquiry.Status.CLOSED
    days = days_after_closing(is_held=is_held)
    return SenderThread(reference, [SenderEntry(received_at, is_reply=False), *entries], is_closed, day, days)


def add_message(code: bytes, text: str, token_nonce: bytes, *, network: str = "") -> None:
    """Store the sender's message once; when this returns, it is on disk, and the case is open.

    The same form with the same text is stored once, however often it arrives, and counts once against its network.
    Staff are notified. Raises CodeWrong, Erased, DatabaseError, KeysMissing, RateLimited.
    """
    inquiry = _inquiry_of(code)
    locator = return_code.derive(code, b"message" + token_nonce + text.strip().encode(), 16).hex()
    # durable: the page that follows promises a commit, so this must be the outermost transaction.
    with transaction.atomic(durable=True):
        row = lock_inquiry(inquiry)
        if not Message.objects.filter(locator=locator).exists():
            if not admit(network):
                raise RateLimited
            _store(row, text.strip(), locator)


def erase_everything(code: bytes) -> None:
    """Erase the inquiry and its whole thread at once. Raises CodeWrong, Erased."""
    erase(_inquiry_of(code), Action.SENDER_ERASED)


def _inquiry_of(code: bytes) -> Inquiry:
    locator = return_code.locator_of(code)
    inquiry = Inquiry.with_rehearsals.filter(locator=locator).defer("sealed").first()
    if inquiry is None:
        raise _no_thread(locator)
    return inquiry


def _no_thread(locator: str) -> Exception:
    return Erased() if Tombstone.objects.filter(locator=locator).exists() else return_code.CodeWrong()


def _open_entry(
    key: X25519PrivateKey,
    inbox: bytes,
    message_id: UUID,
    kind: str,
    at: datetime,
    sealed: bytes | None,
    mark: bytes | None,
) -> SenderEntry:
    if kind != Message.Kind.REPLY:
        return SenderEntry(at, is_reply=False)
    try:
        text = open_sealed(bytes(sealed or b""), key, message_id, Message.SENDER_FIELD).decode()
    except SealBroken:
        text = ""
    if not is_from_clinic(mark, at, key, inbox, message_id, text):
        log.error("a reply that does not carry the clinic's mark was not shown to its sender")
        text = ""
    return SenderEntry(at, is_reply=True, text=text)


def _store(inquiry: Inquiry, text: str, locator: str) -> None:
    key, public = sealing_key()
    message = Message(inquiry=inquiry, kind=Message.Kind.FROM_SENDER, key=key, locator=locator)
    message.sealed = seal(text.encode(), public, message.id, Message.SEALED_FIELD)
    message.save(force_insert=True)
    Delivery.objects.create(kind=Delivery.Kind.NEW_MESSAGE, inquiry=inquiry, about=message)
    start_waiting(inquiry)
    note(Action.SENDER_WROTE, inquiry=inquiry)
    stop_erasing(inquiry, None)  # what no colleague has read is never erased
    if inquiry.status == Inquiry.Status.CLOSED:
        reopen(inquiry, None)
