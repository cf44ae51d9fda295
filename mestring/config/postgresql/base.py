"""A server that says nothing is a database that is away: the request ends with 503, and its thread is free again.

The options of the connection (mestring.config.database) notice a machine that is gone. They do not notice a proxy
or a server that is frozen: its system still acknowledges what is sent. So each wait has an end on our side too.
"""

from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import RV, PQGen

SILENCE = 25.0  # seconds; longer than the server's own limit for a statement
FIRST_WORD = 5.0  # seconds for whether a kept connection still stands: as long as a new one is waited for


class ImpatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when its server has said nothing for so long."""

    silence = SILENCE

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for the server. Raises OperationalError, and closes the connection, when it says nothing."""
        try:
            return super().wait(gen, interval, timeout or self.silence)
        except psycopg.errors._WaitTimeout:
            if timeout:
                raise
            self.pgconn.finish()  # nothing more can be asked of it, not even to roll back
            raise psycopg.OperationalError("the server has said nothing for too long") from None


class DatabaseWrapper(base.DatabaseWrapper):
    """Opens impatient connections. `silence` among the options is their limit in seconds."""

    Database = SimpleNamespace(**{**vars(psycopg), "connect": ImpatientConnection.connect})  # type: ignore[assignment]  # what Django asks of a module

    def get_connection_params(self) -> dict[str, Any]:
        """Return what the driver is told, without our own option."""
        return {name: value for name, value in super().get_connection_params().items() if name != "silence"}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection with the limit that the settings name."""
        connection = super().get_new_connection(conn_params)
        connection.silence = self.silence()
        return connection

    def is_usable(self) -> bool:
        """Ask whether a kept connection still stands. A frozen server must not hold each thread for long."""
        kept: Any = self.connection
        if kept is None:
            return False
        kept.silence = min(FIRST_WORD, self.silence())
        try:
            return super().is_usable()
        finally:
            kept.silence = self.silence()

    def silence(self) -> float:
        """Return for how many seconds the server may say nothing."""
        return float(self.settings_dict["OPTIONS"].get("silence", SILENCE))
