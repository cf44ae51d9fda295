"""Ending sessions: a colleague who is removed from the inbox is logged out everywhere at once."""

from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def end_sessions(user: "User") -> None:
    """Delete every session in which this colleague is logged in. All are read, since only staff have sessions."""
    sessions = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now())
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=sessions).delete()
