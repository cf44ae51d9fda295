"""Writing in the access log: who did what to which inquiry or colleague, and when; never content or a secret."""

from typing import TYPE_CHECKING

from contact.models import AccessEntry, Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def note(
    action: AccessEntry.Action,
    user: "User | None" = None,
    about: "User | None" = None,
    *,
    inquiry: Inquiry | None = None,
    rows: int | None = None,
) -> None:
    """Add a line. Without a user it was the sender, the site itself, or somebody at the server's own terminal.

    `rows` is how many inquiries a table had in it.
    """
    AccessEntry.objects.create(
        inquiry_id=inquiry.pk if inquiry else None,
        reference=inquiry.reference if inquiry else "",
        user=user,
        username=user.get_username() if user else "",
        action=action,
        about=about.get_username() if about else "" if rows is None else str(rows),
    )
