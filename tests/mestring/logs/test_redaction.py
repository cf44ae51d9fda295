"""No line of the log names what opens something, what people searched for, or who asked."""

import logging
import re
import warnings

import pytest

from mestring.config.logging import log_format
from mestring.logs.redaction import message_of, place_in_our_code


def said(message, *args, name="gunicorn.error"):
    return message_of(logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, None))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Error handling request /sok/?q=rus og angst", "Error handling request /sok/?… og angst"),
        ("Error handling request /sok/?q=rus+og+angst", "Error handling request /sok/?…"),
        ("the database failed on /en/del/hemmelig/", "the database failed on /en/del/…/"),
        ("on /admin/login/choose/MQ/hemmelig/", "on /admin/login/choose/MQ/…/"),
        ("from ip=203.0.113.9: x", "from ip=…: x"),
        ("refused: kari.nordmann@sykehus.no", "refused: …"),
        ("<Kari@sykehus.no>, 'b@c.no'", "<…>, '…'"),
        ("Invalid request from ip=203.0.113.9: Invalid HTTP header: 'kanari'", "Invalid request from ip=…"),
        ("from 2001:db8:0:1:2:3:4:5 and 2001:db8::7, fe80::1", "from … and …, …"),
    ],
)
def test_what_opens_something_or_tells_who_asked_is_cut(message, expected):
    assert said("%s", message) == expected


@pytest.mark.parametrize(
    "message",
    [
        "Listening at: http://127.0.0.1:8000 (4711)",
        "Listening at: http://[::1]:8000",
        "head of the access log: 2026-11-30T18:51:14Z 3 2026-11 4711 " + "ab" * 32,
        "refused since the last such line: 404: 12, 429: 10527",
        "the database failed on /kontakt/pasient/",
        "Worker (pid:12) was sent SIGTERM! Really? Yes",
    ],
)
def test_what_an_operator_needs_stays(message):
    assert said(message) == message


def test_a_warning_is_its_place_and_class_without_the_value_that_it_quotes(caplog):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)  # pytest has put its own in the place of it
        warnings.warn("received a naive datetime (kanarifugl)\nand more", RuntimeWarning, stacklevel=1)
    [record] = caplog.records
    assert "kanarifugl" in record.getMessage()
    place, line, kind = message_of(record).rsplit(":", 2)
    assert place == __file__
    assert line.isdecimal()
    assert kind == " RuntimeWarning"


def test_the_place_of_an_error_is_the_innermost_in_our_own_code():
    with pytest.raises(AttributeError) as raised:
        log_format(None)
    place = place_in_our_code(raised.value.__traceback__)
    assert re.fullmatch(r"mestring/config/logging\.py:\d+ in log_format", place)
    with pytest.raises(ValueError, match="invalid") as raised:
        int("no number")
    assert place_in_our_code(raised.value.__traceback__) == ""
