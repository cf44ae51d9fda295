"""A variable that cannot be read is a sentence with its name, and its value, which may be a password, in none."""

from datetime import time
from ipaddress import ip_network

import pytest

from mestring.config.environment import Environment

SECRET = "Hemmelig1"


@pytest.mark.parametrize(
    ("kind", "text", "default", "found"),
    [
        ("number", "12", 3, 12),
        ("number", "-5", 3, -5),
        ("number", "", 3, 3),
        ("switch", "True", False, True),
        ("switch", "off", True, False),
        ("switch", "", True, True),
        ("names", "a.example.no, b.example.no ,", [], ["a.example.no", "b.example.no"]),
        ("names", "", ["c"], ["c"]),
        ("networks", "10.0.0.7, fd00::/8", ["::1"], [ip_network("10.0.0.7"), ip_network("fd00::/8")]),
        ("networks", "", ["::1"], [ip_network("::1")]),
        ("clock_time", "07:30", time(8), time(7, 30)),
        ("clock_time", "", time(8), time(8)),
    ],
)
def test_what_can_be_read_is_read(monkeypatch, kind, text, default, found):
    monkeypatch.setenv("NAME", text)
    read = Environment()
    assert getattr(read, kind)("NAME", default) == found
    assert read.faults == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$rest of a secret", "$rest of a secret"),
        ("in$the middle", "in$the middle"),
        ("written by Windows\r", "written by Windows"),
        (" \t\r\n", "default"),
        ("", "default"),
    ],
)
def test_a_text_is_what_was_written_and_names_no_other_variable(monkeypatch, text, found):
    monkeypatch.setenv("NAME", text)
    monkeypatch.setenv("rest", "of another variable")
    assert Environment().text("NAME", "default") == found


@pytest.mark.parametrize("text", ["~/data", "~/data\r"])
def test_a_folder_may_begin_at_home(monkeypatch, tmp_path, text):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NAME", text)
    assert Environment().folder("NAME", tmp_path / "other") == tmp_path / "data"
    monkeypatch.delenv("NAME")
    assert Environment().folder("NAME", tmp_path / "other") == tmp_path / "other"


def test_a_database_behind_a_socket_is_found_by_its_folder(monkeypatch):
    monkeypatch.setenv("NAME", "postgres://site:secret@%2Fvar%2Frun%2Fpostgresql/site")
    read = Environment()
    database = read.database("NAME", "sqlite:////tmp/a")
    assert (database["HOST"], database["NAME"], read.faults) == ("/var/run/postgresql", "site", [])


def test_addresses_with_a_password_in_them_are_read(monkeypatch):
    read = Environment()
    monkeypatch.setenv("MAIL", "smtp+tls://user:a%23b%2Fc%40d@mail.example.no:587")
    mail = read.mail_server("MAIL", "filemail://")
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_HOST_PASSWORD"]) == (
        "mail.example.no",
        587,
        "a#b/c@d",
    )
    assert mail["EMAIL_USE_TLS"] is True
    monkeypatch.setenv("DATABASE", "postgres://user:a%2Fb@host/name?conn_max_age=600")
    database = read.database("DATABASE", "sqlite:////tmp/a")
    assert (database["NAME"], database["PASSWORD"], database["CONN_MAX_AGE"]) == ("name", "a/b", 600)
    monkeypatch.setenv("DATABASE", "sqlite:////srv/a@b/site.sqlite3")
    assert read.database("DATABASE", "sqlite:////tmp/a")["NAME"] == "/srv/a@b/site.sqlite3"
    assert read.faults == []


@pytest.mark.parametrize(
    ("kind", "text", "default"),
    [
        ("number", "x", 3),
        ("number", "1.5", 3),
        ("number", "9" * 30, 3),
        ("number", "999999", 3),  # "for ever": so many days ago there was no calendar
        ("number", "-999999", 3),
        ("switch", "ture", False),
        ("networks", f"{SECRET}.example.no", ["::1"]),
        ("networks", "10.0.0.7/24", ["::1"]),
        ("clock_time", "8", time(8)),
        ("clock_time", "25:00", time(8)),
        ("database", f"mysql://user:{SECRET}@host/name", "sqlite:////tmp/a"),
        ("database", f"postgres://user:{SECRET}/x@host/name", "sqlite:////tmp/a"),
        ("database", f"nothing {SECRET}", "sqlite:////tmp/a"),
        ("mail_server", f"smtp+tls://user:123#{SECRET}@mail.example.no:587", "filemail://"),
        ("mail_server", f"smtp+tls://user:pa/{SECRET}@mail.example.no:587", "filemail://"),
        ("mail_server", f"smtp+tls://user:pa?{SECRET}@mail.example.no:587", "filemail://"),
        ("mail_server", f"smtp+tls://user:blåbær{SECRET}@mail.example.no:587", "filemail://"),
        ("mail_server", f"smtp+tls://user:bl%C3%A5{SECRET}@mail.example.no:587", "filemail://"),
        ("mail_server", f"post://user:{SECRET}@mail.example.no", "filemail://"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_that_quotes_nothing(monkeypatch, kind, text, default):
    monkeypatch.setenv("NAME", text)
    read = Environment()
    getattr(read, kind)("NAME", default)
    (sentence,) = read.faults
    assert sentence.startswith("NAME must be ")
    assert SECRET not in sentence


@pytest.mark.parametrize(
    "option", ["pool=true", "conn_max_age=long", "silence=long", "connect_timeout=long", "sslmod=require"]
)
def test_an_option_that_the_database_does_not_know_is_refused_by_its_name(monkeypatch, option):
    monkeypatch.setenv("NAME", f"postgres://site:{SECRET}@host/name?application_name=site&{option}")
    read = Environment()
    read.database("NAME", "sqlite:///x")
    name, _, value = option.partition("=")
    assert [fault.partition(": ")[2] for fault in read.faults] == [f"{name}."]
    assert value not in read.faults[0]
    assert SECRET not in read.faults[0]


def test_an_option_that_the_database_knows_is_taken(monkeypatch):
    monkeypatch.setenv(
        "NAME", "postgres://host/name?silence=3600&conn_max_age=0&options=-c%20statement_timeout%3D1h"
    )
    read = Environment()
    found = read.database("NAME", "sqlite:///x")
    assert read.faults == []
    assert found["CONN_MAX_AGE"] == 0
    assert found["OPTIONS"] == {"silence": 3600, "options": "-c statement_timeout=1h"}
