"""The login form of staff: it counts a try before it checks the password."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contact.sender.rate_limit import network_of
from mestring.staff.login.limits import FIRST_WAIT, TooManyLogins
from mestring.staff.login.throttle import HashingNow, login_try
from pages.live.phone import Phone

SLOWED = "slowed"  # the code of an error that is answered with 429
LONGEST_PASSWORD = 1_000  # characters


@contextmanager
def counted_try(name: str, request: HttpRequest) -> Iterator[None]:
    """Let the block check a login password, when a try is admitted; an exception in it is a wrong one.

    Raises ValidationError with the code SLOWED.
    """
    try:
        with login_try(name, network_of(request)):
            yield
    except HashingNow:
        raise ValidationError(
            _("Another login is being checked just now. Wait a few seconds, and log in once more."),
            code=SLOWED,
        ) from None
    except TooManyLogins as early:
        at = date_format(timezone.localtime(early.when + FIRST_WAIT), "H:i")
        message = _(
            "Too many logins have failed. Try again after %(time)s. If you need help before that, ring "
            "%(phone)s and ask for the person who administers the website."
        )
        phone = Phone(settings.FALLBACK_PHONE).display
        raise ValidationError(message % {"time": at, "phone": phone}, code=SLOWED) from None


class LoginForm(AdminAuthenticationForm):
    """Django's form, slowed per account and per network. A password that is too long is never hashed."""

    def clean(self) -> dict[str, Any]:
        """Check the password, when a try is admitted."""
        name, password = (self.cleaned_data.get(field) for field in ("username", "password"))
        if not name or not password or self.request is None:
            return super().clean()
        if len(password) > LONGEST_PASSWORD:
            raise self.get_invalid_login_error()
        with counted_try(name, self.request):
            return super().clean()

    @property
    def is_slowed(self) -> bool:
        """Whether the password was not checked because a try was not admitted."""
        return self.is_bound and self.has_error("__all__", code=SLOWED)


def logs_in_elsewhere() -> str:
    """Return what is said of a right password that does not count beside the provider."""
    words = _(
        "You log in with %(provider)s. The password counts only with a passkey made here, and you have none. If "
        "%(provider)s does not answer, ring %(phone)s and ask for the person who administers the website."
    )
    return words % {"provider": settings.SIGN_ON_NAME, "phone": Phone(settings.FALLBACK_PHONE).display}
