"""Between the two steps of a login: the password was right, and the colleague is not logged in yet."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY, login
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from mestring.staff.reauthentication.confirmed import confirm

PATIENCE = 10 * 60  # seconds
WAITING = "waiting_login"
PASSED = "second_factor"  # in the session of a colleague who has passed both steps: when
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class WaitingLogin:
    """Who has given the right password, and where the login shall lead."""

    person: User
    leads_to: str
    passkey_alone: bool = False  # no code is taken


def begin_waiting(request: HttpRequest, person: User, leads_to: str, *, passkey_alone: bool = False) -> None:
    """Remember in the session who has given the right password in place of any other."""
    request.session[WAITING] = {
        "person": person.pk,
        "password": person.get_session_auth_hash(),  # a new password meanwhile ends the waiting
        "since": timezone.now().timestamp(),
        "leads_to": leads_to,
        "passkey_alone": passkey_alone,
    }


def waiting_login(request: HttpRequest) -> WaitingLogin | None:
    """Return the login that waits for its second step; None after ten minutes."""
    kept: dict[str, Any] = request.session.get(WAITING) or {}
    age = timezone.now().timestamp() - kept.get("since", 0)
    person = User.objects.filter(pk=kept.get("person", 0), is_active=True, is_staff=True).first()
    if person is None or not 0 <= age < PATIENCE:
        return None
    if not constant_time_compare(kept["password"], person.get_session_auth_hash()):
        return None
    return WaitingLogin(person, kept["leads_to"], kept.get("passkey_alone", False))


def finish_login(request: HttpRequest, person: User) -> None:
    """Log in the colleague who has passed both steps; one who was in already has confirmed the login by it.

    Such a login keeps its session: a new key would lock the inbox, and a new beginning would make it last longer.
    """
    request.session.pop(WAITING, None)
    if request.user == person and has_passed(request):
        confirm(request)
        return
    if SESSION_KEY in request.session:
        request.session.cycle_key()  # Django keeps the key of a colleague who was logged in already
    login(request, person, backend=BACKEND)
    request.session[PASSED] = timezone.now().timestamp()


def has_passed(request: HttpRequest) -> bool:
    """Say whether this login passed the second step."""
    return BACKEND_SESSION_KEY in request.session and PASSED in request.session
