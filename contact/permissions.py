"""Who may read inquiries. Holding a key is not enough: whoever has lost the right opens nothing from then on."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

READER = "contact.change_inquiry"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def who_may_read() -> "QuerySet[User]":
    """Return everybody who can log in to the admin and may read there."""
    found: QuerySet[User] = get_user_model().objects.with_perm(READER, backend=BACKEND).filter(is_staff=True)
    return found


def readers_by_name() -> list["User"]:
    """Return the same people as colleagues look for each other. One query."""
    return sorted(who_may_read(), key=lambda user: name_of(user).casefold())


def may_read(user: "User") -> bool:
    """Say whether this person is one of them."""
    return user.is_staff and user.has_perm(READER)  # which nobody has who is inactive


def name_of(user: "User") -> str:
    """Return what colleagues call somebody."""
    return user.get_full_name() or user.get_username()
