"""A log line in JSON says when, how bad, who says it and about which request; never an exception's message."""

import json
import logging
import sys

import pytest

from mestring.config.logging import log_format
from mestring.logs.formats import formatter
from mestring.logs.request_number import begin_request, end_request

CANARY = "kanarifugl-i-gruva"


@pytest.fixture
def number():
    yield begin_request()
    end_request()


def failed_record(message="failed on %s", *args):
    try:
        raise ValueError(CANARY)
    except ValueError:
        record = logging.LogRecord("contact.outbox", logging.ERROR, __file__, 1, message, args, sys.exc_info())
    logging.Formatter().format(record)  # another handler leaves the message on the record
    assert CANARY in record.exc_text
    return record


def test_a_line_in_json_has_time_level_logger_and_number_and_the_places_of_an_error(number):
    line = formatter("json").format(failed_record("failed on %s", "/sok/?q=rus\n\u2028å"))
    assert line.isascii()
    assert len(line.splitlines()) == 1
    assert CANARY not in line
    said = json.loads(line)
    assert said.pop("time").endswith("+00:00")
    [place] = said.pop("trace")
    assert place.endswith(" in failed_record")
    assert said == {
        "level": "ERROR", "logger": "contact.outbox", "message": "failed on /sok/?…",
        "request": number, "exception": "builtins.ValueError",
    }  # fmt: skip


def test_a_plain_line_has_the_number_too_and_no_message_of_an_error_that_another_handler_wrote(number):
    first, place, kind = formatter("plain").format(failed_record("failed")).splitlines()
    assert first == f"ERROR contact.outbox [{number}] failed"
    assert place.endswith(" in failed_record")
    assert kind == "builtins.ValueError"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [({}, "plain"), ({"MODE": "live"}, "json"), ({"MODE": "live", "LOG_FORMAT": "plain"}, "plain"),
     ({"LOG_FORMAT": " json "}, "json")],
)  # fmt: skip
def test_a_live_site_writes_json_unless_it_is_told_otherwise(environ, expected):
    assert log_format(environ) == expected


class Unprintable:
    def __str__(self):
        raise ValueError(CANARY)


@pytest.mark.parametrize("name", ["plain", "json"])
@pytest.mark.parametrize(
    ("message", "args"),
    [("no place for %d", (CANARY,)), ("%s and %s", (CANARY,)), ("%(name)s", ({"other": CANARY},)),
     ("is %s", (Unprintable(),)), (Unprintable(), ())],
)  # fmt: skip
def test_a_message_that_cannot_be_filled_in_is_a_line_without_what_was_to_stand_in_it(capfd, name, message, args):
    """Python's own logging would print the message with all its arguments."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(name))
    handler.handle(logging.LogRecord("contact.outbox", logging.ERROR, __file__, 1, message, args, None))
    said = capfd.readouterr().err
    assert "contact.outbox" in said
    assert "not filled in" in said
    assert len(said.splitlines()) == 1
    assert CANARY not in said
