"""Finding a case by its reference number, which its sender reads out on the telephone.

A reference is no secret and stands in the clear, so that it is found while the inbox is locked too, and after its
inquiry is closed or erased.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from contact.crypto import base32
from contact.models import AccessEntry, Inquiry

Action = AccessEntry.Action
ERASING = (Action.ERASED, Action.SENDER_ERASED, Action.STAFF_ERASED)
GROUP, WHOLE = 4, 8  # symbols
LONGEST = 40  # signs that are read at all; a reference with a few words of punctuation is shorter


@dataclass(frozen=True)
class ErasedCase:
    """What is still known of an erased inquiry: its reference, and how and when it went."""

    reference: str
    erased_at: datetime
    action: str
    username: str


def parse_reference(text: str) -> str:
    """Return the reference, or its first group, as it is stored; "" for what cannot be one.

    A sender may say O for 0 and I or L for 1, and leave out the hyphen.
    """
    symbols = base32.normalise(text) if len(text) <= LONGEST else ""
    if len(symbols) not in (GROUP, WHOLE) or not set(symbols) <= set(base32.ALPHABET):
        return ""
    return f"{symbols[:GROUP]}-{symbols[GROUP:]}"


def inquiries_with(reference: str) -> QuerySet[Inquiry]:
    """Return the open and closed inquiries with this reference, or with this first group."""
    return Inquiry.objects.filter(reference__startswith=reference) if reference else Inquiry.objects.none()


def erased_case(inquiry_id: UUID) -> ErasedCase | None:
    """Return how and when this inquiry was erased; None when the access log does not know it any more."""
    entry = AccessEntry.objects.filter(inquiry_id=inquiry_id, action__in=ERASING).order_by("at", "id").last()
    return _from_entry(entry) if entry else None


def erased_with(reference: str) -> list[ErasedCase]:
    """Return the erased inquiries with this whole reference, as long as the access log knows them."""
    if len(reference) <= WHOLE:
        return []
    entries = AccessEntry.objects.filter(reference=reference, action__in=ERASING).order_by("at", "id")
    return [_from_entry(entry) for entry in entries]


def _from_entry(entry: AccessEntry) -> ErasedCase:
    return ErasedCase(entry.reference, entry.at, entry.action, entry.username)
