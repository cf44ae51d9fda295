"""What is done to the keys, in the access log: who, to whom, when; never a secret."""

from typing import TYPE_CHECKING

from contact.models import AccessEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def note(action: AccessEntry.Action, user: "User | None" = None, about: "User | None" = None) -> None:
    """Add a line. Without a user it was somebody at the server's own terminal."""
    AccessEntry.objects.create(
        user=user,
        username=user.get_username() if user else "",
        action=action,
        about=about.get_username() if about else "",
    )
