"""Ending sessions: a colleague who is removed from the inbox is logged out everywhere at once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from contact.audit.access_log import note
from contact.models import AccessEntry, Unlocked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

UNLOCKED = "unlocked"  # in a session that has unlocked the inbox: the row that holds half of the key


def sessions_of(user: "User") -> list[Session]:
    """Return every session in which this colleague is logged in. All are read, since only staff have sessions."""
    return [
        session
        for session in Session.objects.filter(expire_date__gt=timezone.now())
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]


@transaction.atomic
def end_sessions(user: "User", sessions: Iterable[Session] | None = None) -> None:
    """Log this colleague out of all sessions, or of those that they chose, and lock the inbox there."""
    ended = sessions_of(user) if sessions is None else list(sessions)
    rows = Unlocked.objects.filter(staff_key__user=user)
    if sessions is not None:
        rows = rows.filter(session__in=[session.get_decoded().get(UNLOCKED, "") for session in ended])
    if rows.delete()[0] and sessions is not None:
        note(AccessEntry.Action.LOCKED, user)
    Session.objects.filter(pk__in=[session.pk for session in ended]).delete()
