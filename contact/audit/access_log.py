"""Writing in the access log: who did what to which inquiry or colleague, and when; never content or a secret."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from contact.models import AccessEntry, Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# What counts as a colleague having read an inquiry, for what is unread and for what may be erased.
LOOKS = (AccessEntry.Action.OPENED, AccessEntry.Action.OPENED_WITH_PAPER)
LONGEST_ABOUT = 150  # characters of the column


def note(
    action: AccessEntry.Action,
    user: "User | None" = None,
    about: "User | None" = None,
    *,
    inquiry: Inquiry | None = None,
    rows: int | None = None,
    role: str = "",
) -> None:
    """Add an entry. Without a user it was the sender, the site itself, or an operator at the server's terminal.

    `rows` is the number of inquiries in a table that was saved, `role` the one that `about` was given or has lost.
    """
    whom = about.get_username() if about else "" if rows is None else str(rows)
    if role:
        whom = f"{whom[: LONGEST_ABOUT - len(role) - 2]}: {role}"
    AccessEntry.objects.create(
        **_about_inquiry(inquiry),
        **_by(user),
        action=action,
        about=whom,
    )


def note_each(action: AccessEntry.Action, user: "User", inquiries: Iterable[Inquiry]) -> None:
    """Add an entry for each inquiry, in one statement."""
    AccessEntry.objects.bulk_create(
        AccessEntry(**_about_inquiry(one), **_by(user), action=action) for one in inquiries
    )


def _about_inquiry(inquiry: Inquiry | None) -> dict[str, Any]:
    return {"inquiry_id": inquiry.pk, "reference": inquiry.reference} if inquiry else {}


def _by(user: "User | None") -> dict[str, Any]:
    return {"user": user, "username": user.get_username() if user else ""}
