"""Writing in the access log: who did what to which inquiry or colleague, and when; never content or a secret."""

from typing import TYPE_CHECKING

from contact.models import AccessEntry, Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# What counts as a colleague having read an inquiry, for what is unread and for what may be erased.
LOOKS = (AccessEntry.Action.OPENED, AccessEntry.Action.OPENED_WITH_PAPER)


def note(
    action: AccessEntry.Action,
    user: "User | None" = None,
    about: "User | None" = None,
    *,
    inquiry: Inquiry | None = None,
    rows: int | None = None,
) -> None:
    """Add an entry. Without a user it was the sender, the site itself, or an operator at the server's terminal.

    `rows` is the number of inquiries in a table that was saved.
    """
    AccessEntry.objects.create(
        inquiry_id=inquiry.pk if inquiry else None,
        reference=inquiry.reference if inquiry else "",
        user=user,
        username=user.get_username() if user else "",
        action=action,
        about=about.get_username() if about else "" if rows is None else str(rows),
    )
