"""Between the two steps of a login: the password was right, and the colleague is not logged in yet."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY, login
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from mestring.staff.reauthentication.confirmed import confirm
from mestring.staff.sign_on.links import connection_of

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


def begin_waiting(request: HttpRequest, person: User, leads_to: str, *, at_provider: bool = False) -> None:
    """Remember in the session who has passed the first step, here or at the provider, in place of any other.

    Under a new key: a person who has prepared the browser, as by being logged in there, may know the old one, and
    would stand at the second step too. A colleague who is in and confirms it keeps the key, by which the inbox is
    unlocked.
    """
    if request.user != person:
        request.session.cycle_key()
    request.session[WAITING] = {
        "person": person.pk,
        "password": person.get_session_auth_hash(),  # a new password meanwhile ends the waiting
        "since": timezone.now().timestamp(),
        "leads_to": leads_to,
        "connection": connection_of(person) if at_provider else None,
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
    connection, kept_connection = connection_of(person), kept.get("connection")
    if kept_connection is not None and kept_connection != connection:
        return None  # taken away meanwhile, or made with another account at the provider
    # Of a colleague who logs in at the provider: the password is for the day when the provider is away. Asked now,
    # as the account may have been connected, or its passkey taken away, while the login waited.
    return WaitingLogin(person, kept["leads_to"], connection is not None and kept_connection is None)


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
