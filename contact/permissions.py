"""Who may read the inbox: active staff with the right to change inquiries.

A key alone is not enough. A colleague who loses the right opens nothing from then on, grant or not.
"""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

READER = "contact.change_inquiry"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def inbox_readers() -> "QuerySet[User]":
    """Return the users who can log in to the admin and may read the inbox."""
    readers: QuerySet[User] = get_user_model().objects.with_perm(READER, backend=BACKEND).filter(is_staff=True)
    return readers


def may_read_inbox(user: "User") -> bool:
    """Say whether this user is one of them."""
    return user.is_staff and user.has_perm(READER)  # an inactive user has no permission


def display_name(user: "User") -> str:
    """Return the name that colleagues know a user by."""
    return user.get_full_name() or user.get_username()
