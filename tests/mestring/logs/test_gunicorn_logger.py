"""gunicorn's own lines say no more than the site's."""

import io
import json
import logging
import runpy

import pytest
from gunicorn.config import Config

from mestring.logs.gunicorn_logger import GunicornLogger
from tests.conftest import ROOT

CANARY = "kanarifugl-i-gruva"


@pytest.fixture
def logger(monkeypatch):
    """The logger that gunicorn takes from gunicorn.conf.py, as in live mode."""
    monkeypatch.setenv("LOG_FORMAT", "json")
    config = Config()
    for name, value in runpy.run_path(str(ROOT / "gunicorn.conf.py")).items():
        if name in config.settings:
            config.set(name, value)
    config.set("accesslog", "-")
    made = config.logger_class(config)
    yield made
    for name in ("gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).handlers.clear()


def stream_of(log):
    """Take what gunicorn's own handler writes; pytest has handlers beside it."""
    [handler] = [one for one in log.handlers if getattr(one, "_gunicorn", False)]
    handler.setStream(written := io.StringIO())
    return written


def test_what_gunicorn_writes_of_a_request_that_failed_has_neither_query_nor_message_nor_sender(logger):
    assert isinstance(logger, GunicornLogger)
    written = stream_of(logger.error_log)
    try:
        raise ValueError(CANARY)
    except ValueError:
        logger.exception("Error handling request %s", f"/sok/?q={CANARY}")
    logger.warning("Invalid request from ip=%s: %s", "203.0.113.9", f"Invalid HTTP header: {CANARY}")
    first, second = map(json.loads, written.getvalue().splitlines())
    assert CANARY not in written.getvalue()
    assert (first["message"], first["exception"]) == ("Error handling request /sok/?…", "builtins.ValueError")
    assert second["message"] == "Invalid request from ip=…"


def test_no_line_is_written_for_a_request_even_when_gunicorn_is_asked_for_it(logger, monkeypatch):
    written = stream_of(logger.access_log)
    logger.access(None, None, {"QUERY_STRING": CANARY}, None)
    assert written.getvalue() == ""
