"""A compressed file is not compressed again: it would only lose its length."""

import pytest
from django.http import HttpResponse

from mestring.web.middleware import TextCompressionMiddleware


@pytest.mark.parametrize(("kind", "smaller"), [
    ("text/html; charset=utf-8", True), ("image/svg+xml", True), ("image/avif", False), ("image/png", False),
    ("font/woff2", False),
])  # fmt: skip
def test_only_what_gets_smaller_is_compressed(rf, kind, smaller):
    request = rf.get("/", headers={"accept-encoding": "gzip"})
    answer = TextCompressionMiddleware(lambda _request: HttpResponse(b"x" * 5000, content_type=kind))(request)
    assert answer.has_header("Content-Encoding") is smaller


@pytest.mark.parametrize(("accepted", "is_packed"), [
    ("gzip;q=0", False), ("br, gzip; q=0.0", False), ("identity", False), ("", False),
    ("gzip;q=0.1, br;q=0", True),
])  # fmt: skip
def test_a_browser_that_refuses_an_encoding_is_not_sent_it(rf, accepted, is_packed):
    request = rf.get("/", headers={"accept-encoding": accepted})
    answer = TextCompressionMiddleware(lambda _request: HttpResponse(b"x" * 5000))(request)
    assert answer.has_header("Content-Encoding") is is_packed
    assert answer["Vary"] == "Accept-Encoding"
