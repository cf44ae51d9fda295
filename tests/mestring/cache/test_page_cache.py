"""A page is made once and then sent from memory, and never to the wrong person or for too long."""

import gzip
from datetime import timedelta

import brotli
import pytest
import time_machine
from django.http import HttpResponse
from django.utils import timezone

from mestring.cache import page_cache
from mestring.cache.page_cache import PageCache

PAGE = "<p>Velkommen.</p>" * 200


class Application:
    """Answers as Django's does, and counts how often it was asked."""

    def __init__(self):
        self.asked = 0
        self.headers = {"Vary": "Accept-Encoding"}
        self.status, self.body, self.fresh_for = 200, PAGE, timedelta(seconds=60)
        self.meanwhile, self.closed = lambda: None, 0

    def __call__(self, environ, start_response):
        self.asked += 1
        self.environ = environ
        self.meanwhile()
        answer = HttpResponse(self.body, status=self.status, headers=self.headers)
        answer.fresh_until = timezone.now() + self.fresh_for if self.fresh_for else None
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            answer.content, answer["Content-Encoding"] = gzip.compress(answer.content), "gzip"
        answer.close = self.close  # Django's own would also close the test's database
        start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return answer

    def close(self):
        self.closed += 1


class Site:
    """The cache in front of the application, and what the database says."""

    def __init__(self):
        self.application, self.version = Application(), "1"
        self.cache = PageCache(self.application, lambda: self.version)

    def get(self, path="/", method="GET", **environ):
        started = []
        asked = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "HTTP_HOST": "a",
            "wsgi.url_scheme": "http",
            **environ,
        }
        body = b"".join(self.cache(asked, lambda status, headers: started.append((status, dict(headers)))))
        return *started[0], body

    def times_made(self, *visits):
        before = self.application.asked
        for visit in visits:
            self.get(**visit)
        return self.application.asked - before


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(page_cache, "LOOK_EVERY", 0)
    return Site()


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/admin/login/"])
def test_what_the_machine_asks_of_itself_waits_for_no_database(site, path):
    """Asked of a frozen database, each would wait for five seconds, and a process that is well be ended."""
    site.cache.read_version = lambda: pytest.fail("the database was asked")
    assert site.get(path)[0] == "200 OK"
    assert site.get(path, method="HEAD")[0] == "200 OK"


def test_a_second_visitor_gets_the_same_bytes_without_asking_again(site):
    assert site.get() == site.get()
    assert (site.application.asked, site.application.closed) == (1, 1)


@pytest.mark.parametrize("first", ["", "gzip", "br", "gzip, deflate, br, zstd"])
def test_every_browser_gets_an_encoding_it_accepts_whichever_browser_came_first(site, first):
    site.get(HTTP_ACCEPT_ENCODING=first)
    read = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
    for accepted, encoding in (
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
    ):
        _status, headers, body = site.get(HTTP_ACCEPT_ENCODING=accepted)
        assert headers.get("Content-Encoding", "") == encoding
        assert read[encoding](body).decode() == PAGE
        assert headers["Content-Length"] == str(len(body))
    assert site.application.asked == 1


def test_what_the_browser_has_already_is_not_sent_again(site):
    for accepted in ("", "gzip", "br"):
        _status, headers, _body = site.get(HTTP_ACCEPT_ENCODING=accepted)
        for known in (headers["ETag"], f'W/"other", W/{headers["ETag"]}', "*"):
            status, again, body = site.get(HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=known)
            assert (status, body) == ("304 Not Modified", b"")
            assert again["ETag"] == headers["ETag"]
            assert "Content-Length" not in again
    assert site.get(HTTP_IF_NONE_MATCH='"older"')[0] == "200 OK"


def test_each_encoding_has_an_etag_of_its_own(site):
    assert len({site.get(HTTP_ACCEPT_ENCODING=accepted)[1]["ETag"] for accepted in ("", "gzip", "br")}) == 3


def test_head_gets_the_headers_only_and_the_same_whoever_asked_before(site):
    first = site.get(method="HEAD")
    assert "ETag" in first[1]
    assert first == (*site.get()[:2], b"") == site.get(method="HEAD")
    assert site.application.asked == 1


def test_head_of_what_is_not_kept_is_answered_as_get_without_the_body(site):
    site.application.fresh_for = None
    assert site.get(method="HEAD") == (*site.get()[:2], b"")
    assert site.application.closed == 1


@pytest.mark.parametrize("fresh_for", [None, timedelta(seconds=60)])
def test_a_redirect_leads_on_with_each_visitor_s_own_query_and_no_proxy_keeps_it(site, fresh_for):
    site.application.headers, site.application.body, site.application.status = {"Location": "/ny/"}, "", 301
    site.application.fresh_for = fresh_for
    for query, location in (("utm_source=brev&a=1", "/ny/?utm_source=brev&a=1"), ("", "/ny/"), ("b", "/ny/?b")):
        _status, headers, _body = site.get(QUERY_STRING=query)
        assert headers["Location"] == location
        assert headers.get("X-Accel-Expires", "0") == "0"


@pytest.mark.parametrize("visit", [
    {"HTTP_COOKIE": "other=y; __Host-session=x"}, {"path": "/sok/", "QUERY_STRING": "fbclid=x&q=angst"},
    {"method": "POST"}, {"method": "OPTIONS"},
])  # fmt: skip
def test_staff_searches_and_what_is_sent_go_past_it(site, visit):
    site.get()
    assert site.times_made(visit, visit) == 2
    assert site.times_made({}) == 0


@pytest.mark.parametrize("visit", [
    {"QUERY_STRING": "fbclid=x"}, {"QUERY_STRING": "q=angst&form=x"}, {"HTTP_COOKIE": "_ga=x; other__Host-=y"},
    {"QUERY_STRING": "fbclid=x", "HTTP_COOKIE": "_ga=x"},
])  # fmt: skip
def test_what_the_site_does_not_read_makes_no_other_page_and_never_reaches_it(site, visit):
    assert site.times_made(visit, {}, visit) == 1
    assert not site.application.environ.get("QUERY_STRING")
    assert "HTTP_COOKIE" not in site.application.environ


@pytest.mark.parametrize("other", [
    {"path": "/nn/"}, {"HTTP_HOST": "b"}, {"wsgi.url_scheme": "https"}, {"HTTP_X_FORWARDED_PROTO": "https"},
])  # fmt: skip
def test_another_address_is_another_answer(site, other):
    assert site.times_made({}, other, {}, other) == 2


@pytest.mark.parametrize("change", [
    {"fresh_for": None}, {"status": 404}, {"status": 503}, {"fresh_for": timedelta(0)},
    {"headers": {"Vary": "Accept-Encoding, Cookie"}}, {"headers": {"Set-Cookie": "a=b"}},
])  # fmt: skip
def test_a_response_without_fresh_until_or_that_differs_between_visitors_is_never_kept(site, change):
    vars(site.application).update(change)
    assert site.times_made({}, {}) == 2


def test_any_change_in_the_database_empties_it(site):
    site.get()
    site.application.body, site.version = "Nytt.", "2"
    assert site.get()[2] == b"Nytt."
    assert site.times_made({}) == 0


def test_a_page_made_while_the_database_changed_is_made_again(site):
    site.application.meanwhile = lambda: setattr(site, "version", "2")
    assert site.times_made({}, {}, {}) == 2


def test_a_page_made_before_a_change_is_not_kept_after_another_visitor_met_the_change(site):
    def change_and_let_another_visitor_in():
        site.application.meanwhile = lambda: None
        site.version = "2"
        site.get("/other/")

    site.application.meanwhile = change_and_let_another_visitor_in
    site.get()
    site.application.body = "Nytt."
    assert site.get()[2] == b"Nytt."


def test_a_database_that_cannot_tell_means_that_nothing_is_kept(site):
    site.get()
    site.version = None
    assert site.times_made({}, {}) == 2


def test_nothing_is_shown_past_its_time_and_its_age_is_told(site):
    with time_machine.travel("2026-05-17T12:00:00Z", tick=False) as clock:
        assert site.get()[1]["Age"] == "0"
        clock.shift(40)
        assert site.get()[1]["Age"] == "40"
        assert site.application.asked == 1
        clock.shift(20)
        assert site.get()[1]["Age"] == "0"
        assert site.application.asked == 2


def test_it_never_grows_past_its_bound(site, monkeypatch):
    monkeypatch.setattr(page_cache, "LIMIT", 3)
    for number in range(10):
        site.get(f"/{number}/")
        assert len(site.cache.ready) <= 3


def test_a_short_answer_that_has_one_form_is_sent_in_it(site):
    site.application.headers, site.application.body, site.application.status = {"Location": "/ny/"}, "", 301
    site.get()
    status, headers, _body = site.get(HTTP_ACCEPT_ENCODING="br")
    assert (status, headers["Location"]) == ("301 Moved Permanently", "/ny/")
    assert "Content-Encoding" not in headers
    assert site.application.asked == 1
