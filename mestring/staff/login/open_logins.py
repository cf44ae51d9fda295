"""Where a colleague is logged in, and ending it there. A new password ends all of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import User
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from contact.keys.sessions import end_sessions, sessions_of
from mestring.staff.login.session_store import stored_key
from mestring.staff.login.session_times import LOGIN, is_too_old


@dataclass(frozen=True)
class OpenLogin:
    """A browser in which a colleague is logged in. Its row's key is a digest, which logs no one in."""

    key: str
    browser: str
    begun: datetime
    used: datetime
    is_here: bool


def open_logins(request: HttpRequest, person: User) -> list[OpenLogin]:
    """Return where the colleague who makes the request is logged in: the last used first, which is here."""
    here = stored_key(request.session.session_key)
    found = []
    for session in sessions_of(person):
        data = session.get_decoded()
        if not is_too_old(data) and _is_of_this_password(data, person):
            login = data[LOGIN]
            begun = datetime.fromtimestamp(login["since"], tz=UTC)
            used = session.expire_date - timedelta(seconds=login["idle"])
            found.append(OpenLogin(session.pk, login["browser"], begun, used, session.pk == here))
    return sorted(found, key=lambda login: login.used, reverse=True)


def end_login(person: User, key: str) -> None:
    """Log a colleague out in one browser; a key of another colleague's changes nothing."""
    end_sessions(person, [session for session in sessions_of(person) if session.pk == key])


def end_other_logins(request: HttpRequest, person: User) -> None:
    """Log a colleague out everywhere but here."""
    here = stored_key(request.session.session_key)
    end_sessions(person, [session for session in sessions_of(person) if session.pk != here])


@receiver(pre_save, sender=User)
def end_logins_at_new_password(instance: User, update_fields: set[str] | None, **_more: Any) -> None:
    """Log a colleague out everywhere when a new password is stored.

    Django makes a new session for the one who changes their own.
    """
    if instance.pk is None or not (update_fields is None or "password" in update_fields):
        return
    stored = User.objects.filter(pk=instance.pk).values_list("password", flat=True).first()
    if stored is not None and stored != instance.password:
        end_sessions(instance)


def _is_of_this_password(data: dict[str, Any], person: User) -> bool:
    return constant_time_compare(data.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
