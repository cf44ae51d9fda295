"""What a browser's session holds between the start of a sign-on and its return: each is taken once.

Kept in the session, so that an answer counts in the browser that asked and for the colleague who asked alone.
"""

import secrets
import time
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from jwt.utils import base64url_encode

from mestring.staff.once import is_first

STARTED = "sign_on"
PATIENCE = 10 * 60  # seconds
MOST = 5  # in tabs beside each other
LOGIN, AGAIN, CONNECT = "login", "again", "connect"  # what for


def _random() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Started:
    """A sign-on that waits for the provider's answer."""

    purpose: str
    returns_to: str
    leads_to: str
    asked_by: str = ""  # the number and state of the account that is logged in, for other purposes than a login
    state: str = field(default_factory=_random)
    nonce: str = field(default_factory=_random)
    verifier: str = field(default_factory=_random)
    at: float = field(default_factory=time.time)

    @property
    def challenge(self) -> str:
        """Return what is sent ahead of the verifier (RFC 7636, S256)."""
        return base64url_encode(sha256(self.verifier.encode()).digest()).decode()


def remember(request: HttpRequest, started: Started) -> None:
    """Keep it beside the youngest others."""
    kept = [one for one in request.session.get(STARTED, []) if 0 <= time.time() - one["at"] < PATIENCE]
    request.session[STARTED] = [*kept[1 - MOST :], asdict(started)]


def take_started(request: HttpRequest, state: str) -> Started | None:
    """Return what this browser began, once; None when it is another's, too old, or another account is in."""
    kept = request.session.get(STARTED, [])
    found = next((one for one in kept if constant_time_compare(one["state"], state)), None)
    if found is None:
        return None
    request.session[STARTED] = [one for one in kept if one is not found]
    started = Started(**found)
    in_time = 0 <= time.time() - started.at < PATIENCE
    same = started.purpose == LOGIN or started.asked_by == account_of(request)
    return started if in_time and same and is_first(STARTED, state, PATIENCE) else None


def account_of(request: HttpRequest) -> str:
    """Return the number of the account that is logged in, with what a new password changes."""
    user = request.user
    return f"{user.pk} {user.get_session_auth_hash()}" if isinstance(user, User) else ""
