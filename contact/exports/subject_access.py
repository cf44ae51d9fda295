"""Subject access: a copy of all that is stored about a person (GDPR)."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from contact.audit import access_log
from contact.cases import reading
from contact.keys.keyring import Opener
from contact.models import AccessEntry, Hold, Inquiry
from contact.permissions import display_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def open_copy(inquiry: Inquiry, user: "User", opener: Opener) -> tuple[dict[str, str], list[reading.ThreadEntry]]:
    """Log the copy, then return the answers and the thread of one inquiry, internal notes included.

    Raises KeysMissing or SealBroken, and then logs nothing.
    """
    answers = reading.unseal(inquiry, opener(inquiry.key))
    thread = reading.open_messages(inquiry, opener)
    access_log.note(AccessEntry.Action.EXPORTED, user, inquiry=inquiry)
    return answers, thread


def copy_as_data(inquiry: Inquiry, answers: dict[str, str], thread: list[reading.ThreadEntry]) -> dict[str, Any]:
    """Return all that is stored about one inquiry as plain data, ready for JSON."""
    return {
        "reference": inquiry.reference,
        "received_at": inquiry.received_at.isoformat(),
        "from": inquiry.role,
        "language": inquiry.language,
        "status": inquiry.status,
        "closed_at": inquiry.closed_at.isoformat() if inquiry.closed_at else None,
        "journal": inquiry.journal or None,
        "may_be_spam": inquiry.quarantined,
        "set_apart": inquiry.set_apart,
        "waiting_since": inquiry.waiting_since.isoformat() if inquiry.waiting_since else None,
        "call_owed_since": inquiry.call_owed_since.isoformat() if inquiry.call_owed_since else None,
        "next_step_at": inquiry.next_step_at.isoformat() if inquiry.next_step_at else None,
        "next_step_owner": display_name(inquiry.next_step_owner) if inquiry.next_step_owner else None,
        "owner": display_name(inquiry.owner) if inquiry.owner else None,
        "holds": [
            {
                "reason": hold.reason,
                "placed_at": hold.placed_at.isoformat(),
                "released_at": hold.released_at.isoformat() if hold.released_at else None,
            }
            for hold in holds_of(inquiry)
        ],
        "answers": answers,
        "thread": [
            {"kind": entry.kind, "written_at": entry.at.isoformat(), "author": entry.author, "text": entry.as_text}
            for entry in thread
        ],
    }


def holds_of(inquiry: Inquiry) -> QuerySet[Hold]:
    """Return the legal holds of this inquiry, released ones too, oldest first."""
    return Hold.objects.filter(inquiry=inquiry).order_by("placed_at", "pk")
