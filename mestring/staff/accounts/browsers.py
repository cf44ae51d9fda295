"""Browsers in which a colleague has logged in before: the browser itself keeps that, in a signed cookie."""

from typing import Any

from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from mestring.staff.accounts.changes import tell
from mestring.staff.models import AccountMail

COOKIE = "__Secure-browser"  # not __Host-: it is for staff pages alone, and public pages are kept for all browsers
SALT = "mestring.staff.accounts.browsers"
YEAR = 365 * 24 * 60 * 60  # seconds
MOST = 20  # colleagues who share a browser


def tell_of_new_browser(request: HttpRequest, user: User, **_more: Any) -> None:
    """Send a mail when a colleague logs in from a browser that is new to the account."""
    if request.method is not None and not is_known(request, user):  # a program's request has no method
        tell(AccountMail.Kind.NEW_BROWSER, user)


def is_known(request: HttpRequest, user: User) -> bool:
    """Say whether this colleague has logged in from this browser within a year."""
    return user.pk in _colleagues(request)


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser know from now on that this colleague is logged in there."""
    user = request.user
    if isinstance(user, User) and not is_known(request, user):
        known = [*_colleagues(request), user.pk][-MOST:]
        response.set_cookie(
            COOKIE, signing.dumps(known, salt=SALT), max_age=YEAR, path="/admin/", secure=True, httponly=True,
            samesite="Lax",
        )  # fmt: skip


def _colleagues(request: HttpRequest) -> list[int]:
    try:
        known: list[int] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return []
    return known
