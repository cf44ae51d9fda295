"""The thread as its sender sees it: opened with the return code, and with nothing else.

The sender's own words are not shown again: whoever looks at a shared telephone should find as little as can be.
They are sealed to the inbox alone; what is sealed to the sender is the answers.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.db.models import FilteredRelation, Q

from contact.audit.access_log import note
from contact.cases.deadlines import start_waiting
from contact.crypto import return_code
from contact.crypto.sealing import SealBroken, open_sealed, seal
from contact.keys.keyring import sealing_key
from contact.models import AccessEntry, Delivery, Inquiry, Message, Tombstone
from contact.retention.erasure import Erased, erase, locked
from contact.sender.rate_limit import TooMany, may_send

Action = AccessEntry.Action
SHOWN = (Message.Kind.FROM_SENDER, Message.Kind.REPLY)
COLUMNS = ("id", "kind", "written_at", "sealed_to_sender")


@dataclass(frozen=True)
class Entry:
    """One line of the thread. No text where the sender wrote, and where an answer does not open."""

    at: datetime
    answer: bool
    text: str = field(default="", repr=False)


@dataclass(frozen=True)
class Thread:
    """What the sender is shown."""

    reference: str
    entries: list[Entry]
    erased_on: datetime | None  # only a closed case has a day

    @property
    def answered(self) -> bool:
        """Whether staff have answered here."""
        return any(entry.answer for entry in self.entries)


def open_thread(code: bytes) -> Thread:
    """Return the thread of this code, in one query. Raises CodeWrong, Erased."""
    locator = return_code.locator_of(code)
    shown = FilteredRelation("messages", condition=Q(messages__kind__in=SHOWN))
    rows = Inquiry.objects.filter(locator=locator).annotate(shown=shown).order_by("shown__written_at", "shown__id")
    said = list(
        rows.values_list("reference", "received_at", "status", "closed_at", *(f"shown__{c}" for c in COLUMNS))
    )
    if not said:
        raise _not_here(locator)
    reference, received_at, status, closed_at = said[0][:4]
    key = return_code.sender_key(code)
    entries = [_entry(key, *columns[4:]) for columns in said if columns[4]]
    days = timedelta(days=settings.INQUIRY_RETENTION_DAYS)
    erased_on = closed_at + days if status == Inquiry.Status.CLOSED and closed_at else None
    return Thread(reference, [Entry(received_at, answer=False), *entries], erased_on)


def add_message(code: bytes, text: str, token_nonce: bytes, *, network: str = "") -> None:
    """Store what the sender adds, once; when this returns, it is on disk, staff are told, and the case is open.

    The same form with the same text is stored once, however often it arrives, and counts once against its network.
    Raises CodeWrong, Erased, DatabaseError, KeysMissing, TooMany.
    """
    inquiry = _find(code)
    locator = return_code.derive(code, b"message" + token_nonce + text.strip().encode(), 16).hex()
    # durable: the answer to the sender promises a commit, so this must be the outermost transaction.
    with transaction.atomic(durable=True):
        row = locked(inquiry)
        if not Message.objects.filter(locator=locator).exists():
            if not may_send(network):
                raise TooMany
            _store(row, text.strip(), locator)


def erase_everything(code: bytes) -> None:
    """Erase the inquiry and its whole thread at once. Raises CodeWrong, Erased."""
    erase(_find(code), Action.SENDER_ERASED)


def _find(code: bytes) -> Inquiry:
    locator = return_code.locator_of(code)
    inquiry = Inquiry.objects.filter(locator=locator).defer("sealed").first()
    if inquiry is None:
        raise _not_here(locator)
    return inquiry


def _not_here(locator: str) -> Exception:
    return Erased() if Tombstone.objects.filter(locator=locator).exists() else return_code.CodeWrong()


def _entry(key: X25519PrivateKey, row: UUID, kind: str, at: datetime, sealed: bytes | None) -> Entry:
    if kind != Message.Kind.REPLY:
        return Entry(at, answer=False)
    try:
        text = open_sealed(bytes(sealed or b""), key, row, Message.SENDER_FIELD).decode()
    except SealBroken:
        text = ""
    return Entry(at, answer=True, text=text)


def _store(inquiry: Inquiry, text: str, locator: str) -> None:
    key, public = sealing_key()
    message = Message(inquiry=inquiry, kind=Message.Kind.FROM_SENDER, key=key, locator=locator)
    message.sealed = seal(text.encode(), public, message.id, Message.SEALED_FIELD)
    message.save(force_insert=True)
    Delivery.objects.create(kind=Delivery.Kind.NEW_MESSAGE, inquiry=inquiry, about=message)
    start_waiting(inquiry)
    note(Action.SENDER_WROTE, inquiry=inquiry)
    if inquiry.status == Inquiry.Status.CLOSED:
        Inquiry.objects.filter(pk=inquiry.pk).update(status=Inquiry.Status.OPEN, closed_at=None, journal="")
        note(Action.REOPENED, inquiry=inquiry)
