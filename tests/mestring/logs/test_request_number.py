"""Who rings about a fault reads out a number, and the log has it in each line of that request and no other."""

import io
import json
import logging
import re

import pytest
from django.db import OperationalError
from django.test import Client

from mestring.logs.formats import formatter
from mestring.logs.request_number import request_number

SHOWN = re.compile(r"<b>(\d{4}-\d{4})</b>")


@pytest.fixture
def written(monkeypatch):
    """What a handler of ours writes, as JSON."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(formatter("json"))
    loggers = [logging.getLogger(name) for name in ("django", "contact.outbox")]
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in lines.getvalue().splitlines()]
    for logger in loggers:
        logger.removeHandler(handler)


def fails_with(error, monkeypatch):
    def fail(*_args, **_kwargs):
        logging.getLogger("contact.outbox").error("on the way")
        raise error

    monkeypatch.setattr("pages.visits.page_views.site_of", fail)
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError("fault"), 500), (OperationalError("away"), 503)], ids=["500", "503"]
)
@pytest.mark.parametrize(
    ("path", "words"), [("/", "Feil nr. <b>"), ("/nn/", "Feil nr. <b>"), ("/en/", "Fault no. <b>")]
)
def test_the_page_of_a_fault_shows_the_number_that_each_line_of_the_request_has(
    written, monkeypatch, error, status, path, words
):
    answer = fails_with(error, monkeypatch).get(path)
    assert answer.status_code == status
    assert words in answer.text
    [number] = SHOWN.findall(answer.text)
    lines = written()
    assert len(lines) >= 2
    assert {line["request"] for line in lines} == {number}


def test_every_request_has_another_number_and_none_outlives_its_request(monkeypatch):
    client = fails_with(RuntimeError("fault"), monkeypatch)
    numbers = {SHOWN.findall(client.get("/").text)[0] for _ in range(20)}
    assert len(numbers) == 20
    assert request_number() == ""
