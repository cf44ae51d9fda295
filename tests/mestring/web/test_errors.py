"""A failing part gives an honest answer in the reader's language, with the phone number, and no content."""

import logging
import sqlite3
from html import unescape

import pytest
from django.db import OperationalError, connection
from django.test import Client

from contact.notifications.heartbeat import beat
from mestring.logs.formats import ContentFreeFormatter
from mestring.views import unavailable
from mestring.web.error_filter import ContentFreeReporterFilter
from mestring.web.middleware import DatabaseErrorMiddleware

PHONE = "35\u00a001\u00a095\u00a000"
CANARY = "kanarifugl-i-gruva"


class BrokenPart:
    """Make one view function fail the way a broken part would."""

    def __init__(self, monkeypatch, error):
        def fail(*_args, **_kwargs):
            secret = CANARY  # noqa: F841 (a local variable that a careless report would show)
            raise error

        monkeypatch.setattr("pages.visits.page_views.site_of", fail)
        self.client = Client(raise_request_exception=False)


def test_a_database_that_is_away_answers_503_with_the_phone(monkeypatch):
    answer = BrokenPart(monkeypatch, OperationalError("database is locked")).client.get("/")
    assert answer.status_code == 503
    assert PHONE in unescape(answer.text)
    assert "113" in answer.text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/avrusning/", "/en/detox/", "/sitemap.xml"])
def test_pages_that_cannot_be_read_are_away_and_not_missing(path):
    """A 404, or a sitemap without pages, would make search engines forget the site."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pages_edition RENAME TO away")
    assert Client(raise_request_exception=False).get(path).status_code == 503


@pytest.mark.parametrize(("path", "language"), [("/", "nb"), ("/nn/", "nn"), ("/en/", "en")])
def test_a_fault_answers_500_in_the_readers_language(monkeypatch, path, language):
    answer = BrokenPart(monkeypatch, RuntimeError("fault")).client.get(path)
    assert answer.status_code == 500
    assert f'lang="{language}"' in answer.text
    assert PHONE in unescape(answer.text)


def test_a_log_line_names_the_fault_and_its_place_but_never_its_message(monkeypatch, caplog):
    with caplog.at_level(logging.ERROR):
        BrokenPart(monkeypatch, OperationalError(f"constraint failed: {CANARY}")).client.get("/")
    lines = [ContentFreeFormatter().format(record) for record in caplog.records]
    assert lines
    assert any("OperationalError" in line for line in lines)
    assert not any(CANARY in line for line in lines)


def test_an_address_cannot_begin_a_line_of_the_log(rf, caplog):
    request = rf.get("/del/a%0AERROR%20forged%E2%80%A8line%1B%5B2J/")
    with caplog.at_level(logging.ERROR):
        DatabaseErrorMiddleware(unavailable).process_exception(request, OperationalError("away"))
    [record] = caplog.records
    lines = ContentFreeFormatter().format(record).splitlines()
    assert lines == [r"the database failed on /del/… forged\u2028line\x1b[2J/", "django.db.utils.OperationalError"]


def test_an_error_report_carries_no_post_data_and_no_local_variables(rf):
    request = rf.post("/kontakt/parorende/", {"message": CANARY})
    assert ContentFreeReporterFilter().get_post_parameters(request) == {}
    assert list(ContentFreeReporterFilter().get_traceback_frame_variables(request, None)) == []


@pytest.mark.django_db
def test_too_many_fields_are_400_with_the_phone(client):
    answer = client.post("/kontakt/parorende/", {f"field{n}": "x" for n in range(3500)})
    assert answer.status_code == 400
    assert PHONE in unescape(answer.text)


@pytest.mark.django_db
def test_a_body_of_three_megabytes_is_413_with_the_phone(client):
    answer = client.post("/en/contact/relative/", {"message": "x" * 3_000_000})
    assert answer.status_code == 413
    assert 'lang="en"' in answer.text
    assert PHONE in unescape(answer.text)


@pytest.mark.django_db
def test_a_length_of_thousands_of_digits_is_413_and_not_read(client):
    assert client.post("/en/contact/relative/", {}, CONTENT_LENGTH="9" * 5000).status_code == 413


def test_sqlite_is_set_for_durability(db):
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    with connection.cursor() as cursor:
        expected = {"synchronous": 2 if sqlite3.sqlite_version_info >= (3, 51, 3) else 3, "secure_delete": 1}
        for pragma, value in expected.items():
            assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == value, pragma


def test_health_answers_without_a_database_and_readiness_asks_it(client, db):
    assert client.get("/healthz").text == "ok\n"
    beat()
    assert client.get("/readyz").text == "ready\n"
