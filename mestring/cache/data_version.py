"""A value that changes with every commit to the database, so that no writer has to think of the page cache.

Refused: a row that every change of a page, fact or picture must also touch. One place that forgets it, or one
`QuerySet.update()`, and visitors would be shown yesterday's text.
"""

import threading

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# SQLite counts the commits of all other connections, and this connection writes nothing. PostgreSQL's snapshot
# names the transactions that can be seen, and numbers only those that write.
STATEMENTS = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_current_snapshot()::text"}


class DataVersion:
    """Reads the version on a connection that serves no other purpose, and that all threads share."""

    def __init__(self, connection: BaseDatabaseWrapper | None = None) -> None:
        self.lock = threading.Lock()
        self.connection = connection or connections.create_connection(DEFAULT_DB_ALIAS)
        self.connection.inc_thread_sharing()

    def read(self) -> str | None:
        """Return the version, or None when the database cannot tell: the cache then keeps nothing."""
        statement = STATEMENTS.get(self.connection.vendor)
        if statement is None:
            return None
        with self.lock:
            try:
                with self.connection.cursor() as cursor:
                    cursor.execute(statement)
                    return str(cursor.fetchone()[0])
            except Error:
                self.connection.close()  # a broken connection must not be asked again
                return None
