"""Who can open what comes in today: only they can own a case, and with none of them left nothing is read."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from contact.keys.key_holders import server_can_open
from contact.keys.keyring import newest_or_none
from contact.models import Grant, InboxKey
from contact.permissions import display_name, inbox_readers
from mestring.typed_text.norwegian_order import norwegian_key

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def inbox_openers() -> "QuerySet[User]":
    """Return the readers who can open the newest generation: all while the server does it for them."""
    if server_can_open():
        return inbox_readers()
    inside = Grant.objects.filter(key=newest_or_none(), staff_key__isnull=False)
    return inbox_readers().filter(pk__in=inside.values("staff_key__user"))


def inbox_openers_by_name() -> list["User"]:
    """Return the same users in the order of the names that colleagues know them by."""
    return sorted(inbox_openers(), key=lambda user: norwegian_key(display_name(user)))


def is_last_opener(user: "User") -> bool:
    """Say whether the inbox is closed to every colleague once this one cannot open it."""
    return not server_can_open() and list(inbox_openers()) == [user]


def can_none_open() -> bool:
    """Say whether there is an inbox, and no colleague and no server opens it: only the paper does."""
    return not server_can_open() and InboxKey.objects.exists() and not inbox_openers().exists()
