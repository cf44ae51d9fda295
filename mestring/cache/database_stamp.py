"""A value that changes whenever anybody has committed anything to the database: no writer has to think of it.

Refused: a row that every change of a page, fact or picture must also touch. One forgotten place, or one
`QuerySet.update()`, and visitors would be shown yesterday's text.
"""

import threading

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# SQLite counts the commits of all other connections; this one writes nothing. PostgreSQL's snapshot names the
# transactions that can be seen, and only those that write are numbered.
STAMP = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_current_snapshot()::text"}


class DatabaseStamp:
    """Reads the stamp on a connection that is used for nothing else, and that its threads share."""

    def __init__(self, connection: BaseDatabaseWrapper | None = None) -> None:
        self.lock = threading.Lock()
        self.connection = connection or connections.create_connection(DEFAULT_DB_ALIAS)
        self.connection.inc_thread_sharing()

    def read(self) -> str | None:
        """Return the stamp, or None when the database cannot tell: then nothing may be kept."""
        statement = STAMP.get(self.connection.vendor)
        if statement is None:
            return None
        with self.lock:
            try:
                with self.connection.cursor() as cursor:
                    cursor.execute(statement)
                    return str(cursor.fetchone()[0])
            except Error:
                self.connection.close()  # a broken one must not be asked again
                return None
