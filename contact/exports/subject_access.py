"""What a person may ask of us under the data protection rules: a copy of everything, and that it is erased."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from contact.audit import access_log
from contact.cases import reading
from contact.keys.keyring import Opener
from contact.models import AccessEntry, Hold, Inquiry
from contact.permissions import display_name
from contact.retention.erasure import erase

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Held(Exception):
    """The inquiry is kept for a reason; somebody has to release it first."""


def copy_of(inquiry: Inquiry, user: "User", opener: Opener) -> tuple[dict[str, str], list[reading.ThreadEntry]]:
    """Return the answers and the thread of one inquiry, notes of staff included, once that is logged.

    Raises KeysMissing, SealBroken and logs nothing then.
    """
    answers = reading.unseal(inquiry, opener(inquiry.key))
    thread = reading.open_messages(inquiry, opener)
    access_log.note(AccessEntry.Action.EXPORTED, user, inquiry=inquiry)
    return answers, thread


def as_file(inquiry: Inquiry, answers: dict[str, str], thread: list[reading.ThreadEntry]) -> dict[str, Any]:
    """Return everything that is kept about one inquiry as plain data."""
    return {
        "reference": inquiry.reference,
        "received_at": inquiry.received_at.isoformat(),
        "from": inquiry.role,
        "language": inquiry.language,
        "status": inquiry.status,
        "closed_at": inquiry.closed_at.isoformat() if inquiry.closed_at else None,
        "journal": inquiry.journal or None,
        "may_be_spam": inquiry.quarantined,
        "waiting_since": inquiry.waiting_since.isoformat() if inquiry.waiting_since else None,
        "owner": display_name(inquiry.owner) if inquiry.owner else None,
        "holds": [
            {
                "reason": one.reason,
                "placed_at": one.placed_at.isoformat(),
                "released_at": one.released_at.isoformat() if one.released_at else None,
            }
            for one in holds_of(inquiry)
        ],
        "answers": answers,
        "thread": [
            {"kind": entry.kind, "written_at": entry.at.isoformat(), "author": entry.author, "text": entry.as_text}
            for entry in thread
        ],
    }


def holds_of(inquiry: Inquiry) -> QuerySet[Hold]:
    """Return every time it was kept from being erased, and why, oldest first."""
    return Hold.objects.filter(inquiry=inquiry).order_by("placed_at", "pk")


def erase_on_request(inquiry: Inquiry, user: "User") -> None:
    """Erase at once because the person has asked for it. Raises Held, Erased."""
    if Hold.objects.filter(inquiry=inquiry, released_at=None).exists():
        raise Held
    erase(inquiry, AccessEntry.Action.STAFF_ERASED, user=user)
