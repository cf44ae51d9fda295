"""Finding a case by its reference number, which its sender reads out on the telephone.

A reference is no secret and stands in the clear, so that it is found while the inbox is locked too, and after its
inquiry is closed or erased.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from contact.crypto import base32
from contact.models import AccessEntry, Inquiry
from mestring.typed_text.digits import BETWEEN_DIGITS, with_plain_digits, with_usual_width
from mestring.typed_text.invisible_signs import without_invisible_signs

Action = AccessEntry.Action
ERASING = (Action.ERASED, Action.SENDER_ERASED, Action.STAFF_ERASED)
GROUP, WHOLE = 4, 8  # symbols
LONGEST = 200  # signs that are read at all: a sentence around a reference is shorter
LABEL = re.compile(r"\W*ref\w*\W+(?:(?:nr|nummer|number|no)\b\W*)?", re.IGNORECASE)
SYMBOLS = "([0-9A-Za-z]{4})"
WITHIN = re.compile(rf"(?<![^\W_])(?={SYMBOLS}[{BETWEEN_DIGITS}]{{0,3}}{SYMBOLS}(?![^\W_]))")


@dataclass(frozen=True)
class ErasedCase:
    """What is still known of an erased inquiry: its reference, and how and when it went."""

    reference: str
    erased_at: datetime
    action: str
    username: str


def references_in(text: str) -> list[str]:
    """Return what may be a reference, as it is stored: the text as a whole, else each that stands in it.

    A sender may say O for 0 and I or L for 1, leave out the hyphen, and paste it with words around. The text as a
    whole, behind "Ref. nr." too, may be the first group alone. Two words of four letters may look like one: all
    are looked up, and those of no inquiry find nothing.
    """
    if len(text) > LONGEST:
        return []
    for whole in (text, LABEL.sub("", text)):
        if _is_reference(symbols := base32.normalise(whole), GROUP, WHOLE):
            return [_as_stored(symbols)]
    plain = with_plain_digits(with_usual_width(without_invisible_signs(text)))
    found = [base32.normalise("".join(groups)) for groups in WITHIN.findall(plain)]
    return list(dict.fromkeys(_as_stored(symbols) for symbols in found if _is_reference(symbols, WHOLE)))


def inquiries_with(references: list[str]) -> QuerySet[Inquiry]:
    """Return the open and closed inquiries with one of these references, or with the one first group."""
    if len(references) == 1:
        return Inquiry.objects.filter(reference__startswith=references[0])
    return Inquiry.objects.filter(reference__in=references)


def erased_case(inquiry_id: UUID) -> ErasedCase | None:
    """Return how and when this inquiry was erased; None when the access log does not know it any more."""
    entry = AccessEntry.objects.filter(inquiry_id=inquiry_id, action__in=ERASING).order_by("at", "id").last()
    return _from_entry(entry) if entry else None


def erased_with(references: list[str]) -> list[ErasedCase]:
    """Return the erased inquiries with one of these whole references, as long as the access log knows them."""
    entries = AccessEntry.objects.filter(reference__in=references, action__in=ERASING).order_by("at", "id")
    return [_from_entry(entry) for entry in entries]


def _is_reference(symbols: str, *lengths: int) -> bool:
    return len(symbols) in lengths and set(symbols) <= set(base32.ALPHABET)


def _as_stored(symbols: str) -> str:
    return f"{symbols[:GROUP]}-{symbols[GROUP:]}"


def _from_entry(entry: AccessEntry) -> ErasedCase:
    return ErasedCase(entry.reference, entry.at, entry.action, entry.username)
