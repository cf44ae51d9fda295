"""What opens the inbox for the person who makes a request, and whether they have unlocked it in this browser."""

from typing import TYPE_CHECKING, Any, cast

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.http import HttpRequest, HttpResponse

from contact.keys import key_holders
from contact.keys.key_holders import open_with_server_grant
from contact.keys.keyring import Opener
from contact.keys.sessions import UNLOCKED
from contact.unlocking import unlocking

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COOKIE = "__Host-inbox"  # the half of the key that is not in the database


def opener(request: HttpRequest, cookie: str | None = None) -> Opener:
    """Return what opens inquiries for this person: the server while it can, then only what they have unlocked.

    `cookie` is for the request that unlocks: its browser gets the cookie with the response.
    """
    return open_with_server_grant if key_holders.server_can_open() else own_opener(request, cookie)


def own_opener(request: HttpRequest, cookie: str | None = None) -> Opener:
    """Return how the person who is logged in opens with their own key."""
    half = _cookie_of(request) if cookie is None else cookie
    return unlocking.opener_for(cast("User", request.user), request.session.session_key, half)


def own_private_key(request: HttpRequest) -> X25519PrivateKey:
    """Return the private key of the person who is logged in. Raises Locked."""
    return unlocking.private_key_of(cast("User", request.user), request.session.session_key, _cookie_of(request))


def is_unlocked(request: HttpRequest) -> bool:
    """Say whether this person has unlocked the inbox in this browser. Looking at the inbox counts as use."""
    return unlocking.is_unlocked(cast("User", request.user), request.session.session_key, _cookie_of(request))


def lock_state(request: HttpRequest) -> dict[str, Any]:
    """Return for a template whether names and words can be shown, and to whom."""
    return {"needs_unlocking": not key_holders.server_can_open(), "is_unlocked": is_unlocked(request)}


def set_cookie(request: HttpRequest, response: HttpResponse, cookie: str) -> HttpResponse:
    """Put the browser's half of the key into its cookie, and note in the session that its inbox is unlocked.

    It is Strict, so that no link or form of another site carries it. A link in a mail therefore shows a locked
    inbox; the next click in the admin shows it open.
    """
    request.session[UNLOCKED] = unlocking.place_of(request.session.session_key)
    response.set_cookie(COOKIE, cookie, secure=True, httponly=True, samesite="Strict")
    return response


def delete_cookie(response: HttpResponse) -> HttpResponse:
    """Take the browser's half of the key away."""
    response.delete_cookie(COOKIE, samesite="Strict")
    return response


def _cookie_of(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")
