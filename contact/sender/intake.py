"""Receiving an inquiry: sealed, with its notice and its log line, in one transaction or not at all."""

from collections.abc import Mapping
from uuid import uuid4

from django.db import IntegrityError, transaction

from contact.crypto.sealing import seal
from contact.keys.keyring import sealing_key
from contact.models import AccessEntry, Delivery, Inquiry, Tombstone
from contact.retention.erasure import Erased
from contact.sender.rate_limit import TooMany, may_send
from contact.sender.receipt import Receipt, canonical, receipt_for
from contact.sender.sqlite_write_queue import turn


def receive(
    role: str,
    language: str,
    answers: Mapping[str, str],
    token_nonce: bytes,
    *,
    suspicious: bool = False,
    network: str = "",
) -> Receipt:
    """Store an inquiry once and return its receipt; when this returns, it is on disk.

    The same form with the same answers returns the same receipt, however often and however close
    together it arrives, and counts once against its network. Raises Erased when it was stored once and is erased
    since: a receipt that is loaded again must not bring back what its sender has deleted. Raises DatabaseError,
    KeysMissing or TooMany when nothing was stored.
    """
    receipt = receipt_for(token_nonce, role, answers)
    if Inquiry.objects.filter(locator=receipt.locator).exists():
        return receipt
    if Tombstone.objects.filter(locator=receipt.locator).exists():
        raise Erased
    try:
        # durable: the receipt promises a commit, so this must be the outermost transaction.
        with turn(), transaction.atomic(durable=True):
            if not may_send(network):
                raise TooMany
            _store(receipt, role, language, answers, suspicious=suspicious)
    except IntegrityError:
        # Only the twin that won the race excuses this; anything else is a real failure.
        if not Inquiry.objects.filter(locator=receipt.locator).exists():
            raise
    return receipt


def _store(receipt: Receipt, role: str, language: str, answers: Mapping[str, str], *, suspicious: bool) -> None:
    key, public = sealing_key()
    row = uuid4()
    Inquiry.objects.create(
        id=row,
        reference=receipt.reference,
        locator=receipt.locator,
        role=role,
        language=language,
        quarantined=suspicious,
        key=key,
        sender_key=receipt.sender_key,
        sealed=seal(canonical(role, answers), public, row, Inquiry.SEALED_FIELD),
    )
    # Staff hear of suspicious ones too: a person whose browser filled in the trap is still waiting.
    Delivery.objects.create(kind=Delivery.Kind.NEW_INQUIRY, inquiry_id=row)
    AccessEntry.objects.create(inquiry_id=row, reference=receipt.reference, action=AccessEntry.Action.RECEIVED)
