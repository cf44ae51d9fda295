"""SESSION_ENGINE: sessions lie in the database under a digest of their key, so that a copy logs no one in."""

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone


def stored_key(session_key: str | None) -> str:
    """Return what the table holds in place of the key; the key is random, so no salt is needed."""
    return sha256(f"mestring.staff.session {session_key}".encode()).hexdigest()[:40]  # as long as the column


class SessionStore(DatabaseStore):
    """Django's store. Only the cookie, and the process that reads it, know a session's key."""

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(
            session_key=stored_key(self.session_key), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(session_key=stored_key(key)).delete()
