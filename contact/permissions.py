"""Who may read the inbox: active staff with the right to change inquiries.

A key alone is not enough. A colleague who loses the right opens nothing from then on, grant or not.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from mestring.typed_text.reading import as_read

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


def names_apart(users: "Iterable[User]") -> dict[int, str]:
    """Return the name of each user, by number; of those who have one name, with the name they log in with."""
    names = {user.pk: (display_name(user), user.get_username()) for user in users}
    alike = Counter(as_read(name) for name, _login in names.values())
    return {pk: f"{name} ({login})" if alike[as_read(name)] > 1 else name for pk, (name, login) in names.items()}


def display_name(user: "User") -> str:
    """Return the name that colleagues know a user by."""
    return user.get_full_name() or user.get_username()
