"""Where the operator keeps the deliverer's key from the site's user, the delivery process may be another user.

It is then in the site's group, and reads by it the few files that both need.
"""

from django.conf import settings

from contact.crypto.files import OWNER_ONLY


def is_apart() -> bool:
    """Say whether the operator keeps the deliverer's key, and so makes it."""
    return bool(settings.DELIVERER_KEY)


def shared_mode() -> int:
    """Return the rights of a file that the site's user and the delivery process both read."""
    return 0o640 if is_apart() else OWNER_ONLY
