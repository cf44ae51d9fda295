"""SESSION_ENGINE: sessions lie in the database under a digest of their key, and end when they are idle or old."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from mestring.staff.login.session_times import LOGIN, is_too_old


def stored_key(session_key: str | None) -> str:
    """Return what the table holds in place of the key; the key is random, so no salt is needed."""
    return sha256(f"mestring.staff.session {session_key}".encode()).hexdigest()[:40]  # as long as the column


class SessionStore(DatabaseStore):
    """Django's store. Only the cookie, and the process that reads it, know a session's key.

    A row ends so long after the last click as its login may be idle. Saving a session does not move its end.
    """

    ends: datetime | None = None

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()
        data: dict[str, Any] = self.decode(row.session_data) if row else {}
        if row is None or (SESSION_KEY in data and is_too_old(data)):
            self._session_key = None
            return {}
        self.ends = row.expire_date
        return data

    def _get_session_from_db(self) -> Session | None:
        return Session.objects.filter(
            session_key=stored_key(self.session_key), expire_date__gt=timezone.now()
        ).first()

    def click(self, idle: timedelta) -> None:
        """Count the time until the session ends from now.

        Only the time is written. Saving the session would put back what this request has read of it, and lose
        the message of another request that ended meanwhile.
        """
        self.ends = timezone.now() + idle
        rows = Session.objects.filter(session_key=stored_key(self.session_key))
        rows.update(expire_date=self.ends)
        if self[LOGIN]["idle"] != idle.total_seconds():  # the colleague's roles have changed
            self[LOGIN] = self[LOGIN] | {"idle": idle.total_seconds()}

    def create(self) -> None:
        self.ends = None
        super().create()

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        if LOGIN in data:
            row.expire_date = self.ends or timezone.now() + timedelta(seconds=data[LOGIN]["idle"])
        return row

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(session_key=stored_key(key)).delete()
