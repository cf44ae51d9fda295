"""PostgreSQL gone silent is a database that is away, and not a page that never comes."""

import socket
import threading
from contextlib import suppress

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from mestring.config.postgresql import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
]


class Proxy:
    """Stands before the server. Frozen, it forwards nothing and closes nothing."""

    def __init__(self, host, port):
        self.server, self.thawed = (host or "127.0.0.1", int(port)), threading.Event()
        self.thawed.set()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with suppress(OSError):  # the end of the test closes the socket
            while True:
                ours, _address = self.listening.accept()
                theirs = socket.create_connection(self.server)
                for pair in ((ours, theirs), (theirs, ours)):
                    threading.Thread(target=self.forward, args=pair, daemon=True).start()

    def forward(self, source, target):
        with suppress(OSError):
            while data := source.recv(65_536):
                self.thawed.wait()
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def frozen_while_open():
    """A connection of this site's own kind through a proxy, and the proxy."""
    made = connection.copy()
    proxy = Proxy(made.settings_dict["HOST"], made.settings_dict["PORT"])
    made.settings_dict |= {"HOST": "127.0.0.1", "PORT": proxy.port}
    made.settings_dict["OPTIONS"] = {**made.settings_dict["OPTIONS"], "silence": 0.5}
    yield made, proxy
    proxy.thawed.set()
    made.close()
    proxy.listening.close()


def ask(made):
    with made.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()


def test_a_server_that_says_nothing_is_away_and_the_next_request_asks_anew(frozen_while_open):
    made, proxy = frozen_while_open
    assert ask(made) == (1,)
    proxy.thawed.clear()
    with pytest.raises(OperationalError, match="said nothing"):
        ask(made)
    proxy.thawed.set()
    made.close_if_unusable_or_obsolete()
    assert ask(made) == (1,)


def test_statements_and_locks_have_an_end_on_the_server_before_ours():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
        assert cursor.fetchone() == ("22s", "20s")
    assert settings.DATABASES["default"]["OPTIONS"]["silence"] == base.SILENCE


def test_a_machine_that_is_gone_is_noticed():
    connection.ensure_connection()
    told = connection.connection.info.get_parameters()
    limits = ("tcp_user_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count")
    assert [told.get(name) for name in limits] == ["15000", "10", "5", "3"]


@pytest.fixture
def kept():
    """A connection of this site's own kind, as a thread of the site has one."""
    made = connection.copy()
    yield made
    made.close()


def number_of(made):
    with made.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_setting('application_name')")
        return cursor.fetchone()


def test_a_thread_keeps_its_connection_and_one_that_the_server_ended_costs_no_request(kept):
    """What Django does before each request."""
    first, name = number_of(kept)
    assert name == "mestring"
    kept.close_if_unusable_or_obsolete()
    assert number_of(kept)[0] == first
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    kept.close_if_unusable_or_obsolete()
    assert number_of(kept)[0] != first


def test_a_kept_connection_to_a_frozen_server_is_given_up_before_a_statement_would_be(
    frozen_while_open, monkeypatch
):
    monkeypatch.setattr(base, "FIRST_WORD", 0.2)
    made, proxy = frozen_while_open
    made.settings_dict["OPTIONS"]["silence"] = 600
    made.inc_thread_sharing()
    assert ask(made) == (1,)
    proxy.thawed.clear()
    asking = threading.Thread(target=made.is_usable, daemon=True)
    asking.start()
    asking.join(30)  # as good as for ever
    assert not asking.is_alive()
