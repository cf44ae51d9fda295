"""Who may read the inbox: active staff whose role lets them change inquiries.

A key alone is not enough. A colleague who loses the right opens nothing from then on, grant or not. And to
administer the site is not enough: Django lets a superuser do everything, but here a role must say it.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from mestring.typed_text.reading import as_read

if TYPE_CHECKING:
    from django.contrib.auth.models import User

READER = "contact.change_inquiry"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def inbox_readers() -> "QuerySet[User]":
    """Return the users who can log in to the admin and may read the inbox."""
    holders = get_user_model().objects.with_perm(READER, include_superusers=False, backend=BACKEND)
    readers: QuerySet[User] = holders.filter(is_staff=True)
    return readers


def may_read_inbox(user: "User") -> bool:
    """Say whether this user is one of them."""
    return user.is_staff and holds_right(user, READER)


def holds_right(user: Any, right: str) -> bool:
    """Say whether a user holds a right; of the rights over inquiries, only those that a role gives count.

    An inactive user and a visitor hold none.
    """
    if not user.is_superuser or not right.startswith("contact."):
        return bool(user.has_perm(right))
    return user.is_active and right in _given_rights(user)


def _given_rights(user: "User") -> set[str]:
    """Return a superuser's rights over inquiries, asked once for each request: Django counts all rights there."""
    if not hasattr(user, "_given_rights"):
        given = Permission.objects.filter(Q(group__user=user) | Q(user=user), content_type__app_label="contact")
        names = given.values_list("codename", flat=True)
        user._given_rights = {f"contact.{name}" for name in names}  # type: ignore[attr-defined]  # ours
    rights: set[str] = user._given_rights  # type: ignore[attr-defined]  # set above
    return rights


def names_apart(users: "Iterable[User]") -> dict[int, str]:
    """Return the name of each user, by number; of those who have one name, with the name they log in with."""
    names = {user.pk: (display_name(user), user.get_username()) for user in users}
    alike = Counter(as_read(name) for name, _login in names.values())
    return {pk: f"{name} ({login})" if alike[as_read(name)] > 1 else name for pk, (name, login) in names.items()}


def display_name(user: "User") -> str:
    """Return the name that colleagues know a user by."""
    return user.get_full_name() or user.get_username()
