"""Links by which a colleague chooses a password: Django's tokens, which hold for one use and a while.

A token is in no table. It is made when the mail is sent, and ends with the password, the e-mail address, a login,
or the account's right to log in.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

INVITATION = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)  # Django's one limit is the longer one
RESET = timedelta(hours=1)


class LinkTokens(PasswordResetTokenGenerator):
    """Django's tokens. A link for another password ends after an hour, an invitation after days."""

    key_salt = "mestring.staff.accounts.links"

    def check_token(self, user: Any, token: str | None) -> bool:
        """Say whether the token is this colleague's, unused and not too old."""
        return bool(token) and super().check_token(user, token) and self._age(str(token)) <= lifetime(user)

    def _now(self) -> datetime:
        # By Django's local time the hour would be two hours long when the clocks go back.
        return timezone.now().replace(tzinfo=None)

    def _age(self, token: str) -> timedelta:
        made: int = base36_to_int(token.partition("-")[0])
        return timedelta(seconds=self._num_seconds(self._now()) - made)


TOKENS = LinkTokens()


def is_invited(person: User) -> bool:
    """Say whether an account waits for its colleague to choose the first password."""
    return not person.has_usable_password()


def lifetime(person: User) -> timedelta:
    """Return how long a link of this colleague holds."""
    return INVITATION if is_invited(person) else RESET


def path_of_link(person: User) -> str:
    """Return the path of a new link. Links from before hold too, until one is used."""
    place = {"uidb64": urlsafe_base64_encode(force_bytes(person.pk)), "token": TOKENS.make_token(person)}
    return reverse("admin:choose_password", kwargs=place)
