"""Receiving an inquiry: it is stored sealed, with its delivery and log entry, in one transaction or not at all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from contact.crypto.sealing import seal
from contact.keys.keyring import sealing_key
from contact.models import AccessEntry, Delivery, Inquiry, Tombstone
from contact.rehearsal.mark import use_up
from contact.retention.erasure import Erased
from contact.sender.rate_limit import RateLimited, admit, admit_apart
from contact.sender.receipt import Receipt, content_to_seal, receipt_for
from contact.sender.sqlite_write_queue import write_turn

SAME_RECEIPT = timedelta(minutes=30)  # for double clicks, reloads, going back, and a connection that was lost


class AlreadySent(Exception):
    """The inquiry was stored so long ago that its code is not shown again."""


def receive(
    role: str,
    language: str,
    answers: Mapping[str, str],
    token_nonce: bytes,
    *,
    suspicious: bool = False,
    network: str = "",
    rehearsal: UUID | None = None,
) -> Receipt:
    """Store an inquiry once and return its receipt; when this returns, the inquiry is on disk.

    The same form with the same answers gives the same receipt, however often it arrives and however many requests
    arrive at once, and counts once against its network. Above the network's limit it is set apart for staff: many
    people share the one address of a hospital, and what they write must not be lost. After half an hour it raises
    AlreadySent: the form's address stays in the history of a shared telephone, and the same words must not show
    the code there. Raises Erased when the inquiry was stored and has been erased since: reloading the page of a
    receipt must not bring back what its sender deleted. Raises DatabaseError, KeysMissing or RateLimited when
    nothing was stored.

    The site's own rehearsal is stored as any other, but named so, and counts against no network. Raises
    MarkRefused when that rehearsal has sent its inquiry before.
    """
    receipt = receipt_for(token_nonce, role, answers)
    if stored := _stored(receipt):
        return stored
    if Tombstone.objects.filter(locator=receipt.locator).exists():
        raise Erased
    try:
        # durable: the receipt promises a commit, so this must be the outermost transaction.
        with write_turn(), transaction.atomic(durable=True):
            receipt = replace(receipt, set_apart=rehearsal is None and not admit(network))
            if receipt.set_apart and not admit_apart():
                raise RateLimited
            store(receipt, role, language, answers, suspicious=suspicious, rehearsal=rehearsal)
    except IntegrityError:
        # Another request has stored the same inquiry meanwhile. Any other error is a real failure.
        if stored := _stored(receipt):
            return stored
        raise
    return receipt


def _stored(receipt: Receipt) -> Receipt | None:
    """Return the receipt of an inquiry that is stored already. Raises AlreadySent."""
    found = Inquiry.with_rehearsals.filter(locator=receipt.locator).values_list("received_at", "set_apart").first()
    if found is None:
        return None
    sent_at, set_apart = found
    if timezone.now() - sent_at > SAME_RECEIPT:
        raise AlreadySent
    return replace(receipt, set_apart=set_apart)


def store(
    receipt: Receipt,
    role: str,
    language: str,
    answers: Mapping[str, str],
    *,
    suspicious: bool,
    rehearsal: UUID | None = None,
) -> None:
    """Store the sealed inquiry with its delivery and its log entry. Call it in a transaction."""
    key, public = sealing_key()
    row = uuid4()
    Inquiry.objects.create(
        id=row,
        reference=receipt.reference,
        locator=receipt.locator,
        role=role,
        language=language,
        status=Inquiry.REHEARSAL if rehearsal else Inquiry.Status.OPEN,
        quarantined=suspicious or receipt.set_apart,
        set_apart=receipt.set_apart,
        key=key,
        sender_key=receipt.sender_key,
        sealed=seal(content_to_seal(receipt, role, answers), public, row, Inquiry.SEALED_FIELD),
    )
    if rehearsal:
        use_up(rehearsal, row)
        Delivery.objects.create(kind=Delivery.Kind.REHEARSAL, inquiry_id=row)
        AccessEntry.objects.create(action=AccessEntry.Action.REHEARSED)  # about no inquiry: staff never see one
        return
    # Staff are notified of suspicious ones too: the browser of a real sender may have filled in the trap.
    Delivery.objects.create(kind=Delivery.Kind.NEW_INQUIRY, inquiry_id=row)
    AccessEntry.objects.create(inquiry_id=row, reference=receipt.reference, action=AccessEntry.Action.RECEIVED)
