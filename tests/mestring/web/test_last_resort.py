"""When even the page of an error fails, people still read whom to ring, and no message reaches a log."""

import io
import logging
import re

from django.test import RequestFactory

from mestring.logs.formats import formatter
from mestring.logs.request_number import request_number
from mestring.web.last_resort import LastResort

NUMBER = re.compile(r"Feil nr\. (\d{4}-\d{4})")
CANARY = "kanarifugl-i-gruva"


def test_the_last_answer_has_the_numbers_and_the_log_only_the_place(monkeypatch):
    handler = logging.StreamHandler(written := io.StringIO())
    handler.setFormatter(formatter("plain"))
    monkeypatch.setattr(logging.getLogger("django.request"), "handlers", [handler])

    def broken(environ, start_response):
        raise ValueError(CANARY)

    started = []
    environ = RequestFactory().get("/").environ
    (body,) = LastResort(broken, "+4735019500")(environ, lambda status, headers: started.append((status, headers)))
    assert started[0][0].startswith("500")
    for number in ("+4735019500", "113"):
        assert f'href="tel:{number}"' in body.decode()
    number, line = NUMBER.search(body.decode())[1], written.getvalue()
    assert line.startswith(f"ERROR django.request [{number}] the page of an error failed\n")
    assert "ValueError" in line
    assert CANARY not in line
    assert request_number() == ""


def test_what_works_passes_through():
    assert LastResort(lambda environ, start_response: [b"page"], "")({}, lambda *_: None) == [b"page"]
