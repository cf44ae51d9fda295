"""What counts as a click of a colleague, from which the time until the login ends is counted."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest

from mestring.staff.login.session_store import SessionStore
from mestring.staff.login.session_times import idle_of


def is_click(request: HttpRequest) -> bool:
    """Say whether a person opened a page or sent a form.

    What a script asks by itself, as for keeping a draft, is no click: browsers then ask for `*/*`, and for a
    picture for `image/*`.
    """
    return "text/html" in request.headers.get("Accept", "text/html")


def count_click(request: HttpRequest) -> None:
    """Count the time until the login ends from this click; what a script of the page asks is none.

    SESSION_SAVE_EVERY_REQUEST would count that too, and put the cookie into public responses, which caches may
    keep.
    """
    if is_click(request):
        cast(SessionStore, request.session).click(idle_of(cast(User, request.user)))
