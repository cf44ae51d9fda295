"""When even the page of an error fails, people still read whom to ring, and no message reaches a log."""

from django.test import RequestFactory

from mestring.web.error_filter import ContentFreeFormatter
from mestring.web.last_resort import LastResort

CANARY = "kanarifugl-i-gruva"


def test_the_last_answer_has_the_numbers_and_the_log_only_the_place(caplog):
    def broken(environ, start_response):
        raise ValueError(CANARY)

    started = []
    environ = RequestFactory().get("/").environ
    (body,) = LastResort(broken, "+4735019500")(environ, lambda status, headers: started.append((status, headers)))
    assert started[0][0].startswith("500")
    for number in ("+4735019500", "113"):
        assert f'href="tel:{number}"' in body.decode()
    (record,) = caplog.records
    assert "ValueError" in ContentFreeFormatter().format(record)
    assert CANARY not in ContentFreeFormatter().format(record)


def test_what_works_passes_through():
    assert LastResort(lambda environ, start_response: [b"page"], "")({}, lambda *_: None) == [b"page"]
