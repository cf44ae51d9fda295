"""A probe or a link checker that asks by HEAD gets the headers of the page, and the log no line."""

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from mestring.web.head_requests import without_body_for_head


@pytest.mark.django_db
def test_head_has_the_headers_of_get_and_no_body():
    application, answers = without_body_for_head(get_wsgi_application()), {}
    for method in ("GET", "HEAD"):
        environ = RequestFactory().generic(method, "/healthz").environ
        body = application(environ, lambda *started, method=method: answers.setdefault(method, started))
        assert b"".join(body) == (b"ok\n" if method == "GET" else b"")
    assert answers["HEAD"] == answers["GET"]


def test_what_the_application_holds_open_is_closed_without_being_read():
    class Body(list):
        closed = False

        def close(self):
            self.closed = True

    body = Body([b"page"])
    assert without_body_for_head(lambda *_: body)({"REQUEST_METHOD": "HEAD"}, lambda *_: None) == []
    assert body.closed
