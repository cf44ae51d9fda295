"""While the site is away, a page is answered with its copy in the emergency edition, and nothing else is."""

import time

import pytest

from tests.mestring.nginx_alone.conftest import get
from tests.mestring.web.test_headers import EXPECTED

pytestmark = [pytest.mark.xdist_group("nginx"), pytest.mark.proof("nginx")]

AWAY = ("/copied/breaks-off/", "/copied/away/")  # no answer, and the site's own word that it cannot


@pytest.fixture
def copies(front):
    """The emergency edition: a copy of each of these pages, and a style."""
    folder = front.folder / "emergency"
    for path in (*AWAY, "/copied/", "/copied/kept/", "/copied/once/"):
        (folder / path[1:]).mkdir(parents=True, exist_ok=True)
        (folder / path[1:] / "index.html").write_text("En kopi på norsk", encoding="utf-8")
    (folder / "whole.at").write_text("2026-11-30")
    (folder / "emergency.files" / "static").mkdir(parents=True, exist_ok=True)
    (folder / "emergency.files" / "static" / "site.css").write_text("p{}")
    return folder


@pytest.mark.parametrize("path", AWAY)
def test_while_the_site_is_away_a_page_is_its_copy_which_no_robot_and_no_cache_keeps(front, copies, path):
    answer = front.ask(get(path))
    assert (answer.status, answer.text) == (503, "En kopi på norsk")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Retry-After"] == "120"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "default-src 'none'; style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Last-Modified"] is None
    for name, value in EXPECTED.items():
        assert answer.headers.get_all(name) == [value], name


def test_while_the_site_answers_a_page_is_what_it_says(front, copies):
    assert front.ask(get("/copied/")).text == "the site"


@pytest.mark.parametrize("path", AWAY)
def test_what_a_form_sends_is_never_answered_with_a_copy(front, copies, path):
    answer = front.ask(get(path, "Content-Length: 1", method="POST") + b"x")
    assert answer.status == 503
    assert "kopi" not in answer.text
    assert "113" in answer.text or answer.text == "the site"  # nginx's own page, or what the site itself said


def test_a_head_has_the_status_and_no_body(front, copies):
    answer = front.ask(get(AWAY[0], method="HEAD"))
    assert (answer.status, answer.text) == (503, "")


def test_a_link_of_a_copy_leads_to_the_page_when_the_site_is_back_and_to_the_copy_until_then(front, copies):
    assert front.ask(get("/copied/index.html")).text == "the site"
    assert front.ask(get(f"{AWAY[0]}index.html")).text == "En kopi på norsk"


def test_pictures_and_styles_of_the_copies_are_files_and_no_folder_is_listed(front, copies):
    answer = front.ask(get("/emergency.files/static/site.css"))
    assert (answer.status, answer.text, answer.headers["Content-Type"]) == (200, "p{}", "text/css")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for path in ("/emergency.files/static/", "/emergency.files/none.css"):
        assert front.ask(get(path)).status == 404
    assert front.ask(get("/emergency.files/../../site.key")).status == 400
    assert front.ask(get("/emergency.files/%2e%2e/whole.at")).text == "the site"


def test_a_page_that_was_kept_is_refused_with_our_page_too(front, copies):
    front.ask(get("/copied/kept/"))
    assert "35 01 95 00" in front.ask(get("/copied/kept/", "Range: bytes=900-")).text


def test_a_page_that_was_kept_helps_for_as_long_as_it_allows_however_often_it_is_asked_for_then_the_copy(
    front, copies
):
    said = []
    for wait in (0, 1.5, 0.7, 1.5):  # fresh for one second, then stale for two: the site answers only once
        time.sleep(wait)
        answer = front.ask(get("/copied/once/"))
        said.append((answer.status, answer.text))
    assert said == [(200, "the site")] * 3 + [(503, "En kopi på norsk")]
