"""What a case's page shows beside the letter: its owner, its erasing, and what to know before it is closed.

Panels only read. What changes a case is a button, in a module of its own.
"""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from contact.admin.wording.due import describe_deadline, format_deadline
from contact.cases import deadlines
from contact.keys.inbox_openers import inbox_openers_by_name
from contact.models import ErasureRequest, Hold, Inquiry
from contact.permissions import display_name, names_apart
from contact.retention import durations, schedule

if TYPE_CHECKING:
    from django.contrib.auth.models import User

UNANSWERED = {
    "": "",
    "never": gettext_lazy(
        "No colleague has answered here, or written down that the sender was reached. You can close it all the "
        "same."
    ),
    "call": gettext_lazy(
        "The sender asked to be rung, and no call is written down. You can close it all the same."
    ),
    "since": gettext_lazy("The sender has written more since you last answered. You can close it all the same."),
}


def owner_panel(inquiry: Inquiry, user: "User") -> dict[str, Any]:
    """Return whose case it is, the colleagues it can be handed to, and until when it should be answered.

    A case whose owner can no longer open it is shown as free.
    """
    names = names_apart(inbox_openers_by_name())
    return {
        "owner": names.get(inquiry.owner_id or 0, ""),
        "is_mine": inquiry.owner_id == user.pk,
        "may_own": user.pk in names,
        "colleagues": [(pk, name) for pk, name in names.items() if pk != inquiry.owner_id],
        **describe_deadline(inquiry, timezone.now()),
    }


def step_panel(inquiry: Inquiry) -> dict[str, Any]:
    """Return when the next step is due, in words, and whose it is; the words about it are among what is sealed."""
    owner, at = inquiry.next_step_owner, inquiry.next_step_at
    return {
        "step_at": format_deadline(at, timezone.now()) if at else "",
        "step_is_over": bool(at and at <= timezone.now()),
        "step_owner": display_name(owner) if owner else "",
    }


def erasing_panel(inquiry: Inquiry) -> dict[str, Any]:
    """Return what keeps or ends an inquiry: its hold, the request to erase it, and when it or spam is erased."""
    request = ErasureRequest.objects.filter(inquiry=inquiry).select_related("asked_by").first()
    held = Hold.objects.filter(inquiry=inquiry, released_at=None).select_related("placed_by").first()
    return {
        "held": held,
        "erasure_request": request,
        "erasure_asked_by": display_name(request.asked_by) if request and request.asked_by else "–",
        "hold_reasons": Hold.Reason.choices,
        "is_thread": schedule.is_thread(inquiry),
        "spam_days": durations.spam().days,
        "erased_on": schedule.erased_on(inquiry, is_held=held is not None),
        "days_after_closing": schedule.days_after_closing(is_held=held is not None),
    }


def closing_panel(inquiry: Inquiry) -> dict[str, Any]:
    """Return what the page says beside the button that closes the case."""
    waiting = deadlines.missing_answer(inquiry) if inquiry.status == Inquiry.Status.OPEN else ""
    return {"missing_answer": UNANSWERED[waiting]}
