"""A flood of refused requests is a line of the log, not a line each; what failed is a line as ever."""

import io
import logging
import logging.config

import pytest
from django.test import Client

from mestring.config.logging import logging_in
from mestring.web import refusals


@pytest.fixture
def written(monkeypatch):
    """What the site's own handler writes, begun anew."""
    lines = io.StringIO()
    logging.config.dictConfig(logging_in("plain"))
    handler = logging.getLogger("django").handlers[0]
    handler.setStream(lines)
    yield lines
    logging.config.dictConfig(logging_in("plain"))


def test_what_an_outsider_can_cause_at_will_is_counted_in_one_line_without_addresses(written, monkeypatch):
    client = Client(raise_request_exception=False)
    for _ in range(20):
        client.get("/admin/canary", headers={"host": "canary.invalid"})
    assert written.getvalue() == "WARNING django.request refused since the last such line: 400: 1\n"
    monkeypatch.setattr(refusals, "EVERY", 0.0)
    client.get("/admin/canary", headers={"host": "canary.invalid"})
    assert written.getvalue().splitlines()[1:] == [
        "WARNING django.request refused since the last such line: 400: 20"
    ]


def test_a_failure_is_written_each_time(written):
    for _ in range(2):
        logging.getLogger("django.request").error("the database failed", extra={"status_code": 503})
    assert written.getvalue() == "ERROR django.request the database failed\n" * 2
