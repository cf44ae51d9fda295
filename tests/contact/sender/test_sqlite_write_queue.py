"""Writers to SQLite queue, and a queue that fails or stands still stops no writer."""

import threading
import time
from types import SimpleNamespace

import pytest

from contact.sender import sqlite_write_queue as room
from contact.sender.sqlite_write_queue import write_turn


@pytest.fixture(autouse=True)
def database(monkeypatch, tmp_path):
    """A database in a file, of which nothing but its name is asked."""
    named = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": tmp_path / "site.sqlite3"})
    named.is_in_memory_db = lambda: False
    monkeypatch.setattr(room, "connection", named)
    return named


def in_turn(inside, most):
    with write_turn():
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        inside.pop()


def test_one_writer_at_a_time_has_the_turn():
    inside, most = [], []
    threads = [threading.Thread(target=in_turn, args=(inside, most)) for _writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_a_queue_that_is_stuck_lets_every_writer_through_in_the_end(monkeypatch):
    monkeypatch.setattr(room, "PATIENCE", 0.05)
    with write_turn(), write_turn():
        pass


def test_where_no_queue_can_be_made_no_writer_waits(database):
    database.settings_dict["NAME"] = "/proc/no/such/place"
    with write_turn(), write_turn():
        pass


def test_a_writer_that_fails_lets_the_next_one_in():
    with pytest.raises(ValueError, match="full"), write_turn():
        raise ValueError("full")
    begun = time.monotonic()
    with write_turn():
        assert time.monotonic() - begun < room.PATIENCE / 2
