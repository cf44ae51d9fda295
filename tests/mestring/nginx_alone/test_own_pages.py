"""What nginx answers by itself is a page of ours: whom to ring, in three languages, as safe as one of the site."""

import base64
import hashlib
import re
import socket

import pytest

from tests.contact.conftest import CANARY
from tests.contact.traces import found_in, traces_of
from tests.mestring.nginx_alone.conftest import get, read
from tests.mestring.web.test_headers import EXPECTED

pytestmark = [pytest.mark.xdist_group("nginx"), pytest.mark.proof("nginx")]

WORD = CANARY.split()[0]
REFUSED = {
    "no method": (b"G<T /%s HTTP/1.1\r\nHost: localhost\r\n\r\n" % WORD.encode(), 400),
    "an odd host": (get("/", host="local host"), 400),
    "two lengths": (get("/", "Content-Length: 1", "Content-Length: 2"), 400),
    "a long address": (get("/?" + WORD * 4000), 414),
    "a long header": (get("/", "Cookie: " + WORD * 4000), 400),
    "a method that tells what was sent": (get(f"/{WORD}", method="TRACE"), 405),
    "an unknown coding": (get(f"/{WORD}", "Transfer-Encoding: none"), 501),
    "an unknown protocol": (b"GET / HTTP/7.0\r\nHost: localhost\r\n\r\n", 505),
    "a body that is too large": (get("/", "Content-Length: 1100000", method="POST"), 413),
    "a site that breaks off": (get("/breaks-off/"), 503),
    "a site that does not answer": (get("/slow/"), 503),
    "a part that a kept page has not": (get("/kept/", "Range: bytes=900-"), 416),
    "a kept page that is another now": (get("/kept/", 'If-Match: "other"'), 412),
}


@pytest.mark.parametrize(("request_", "status"), REFUSED.values(), ids=REFUSED)
def test_what_nginx_refuses_says_whom_to_ring_in_three_languages(front, request_, status):
    front.ask(get("/kept/"))
    answer = front.ask(request_)
    assert answer.status == status
    says_whom_to_ring(answer)


def test_http_where_https_is_spoken_is_answered_by_our_page_too(front):
    with socket.create_connection(("127.0.0.1", front.secure), timeout=20) as line:
        line.sendall(get("/"))
        answer = read(line)
    assert answer.status == 400
    says_whom_to_ring(answer)


def says_whom_to_ring(answer):
    """The page has the numbers, three languages and the headers of a page of the site."""
    for number in ("+4735019500", "113", "116117"):
        assert f'href="tel:{number}"' in answer.text
    assert re.findall(r'lang="(\w+)"', answer.text)[:3] == ["nb", "nn", "en"]
    assert len(set(re.findall(r"<h[12]>(.*?)</h[12]>", answer.text))) == 3
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Server"] == "nginx"
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    for name, value in EXPECTED.items():
        assert answer.headers.get_all(name) == [value], name
    style = hashlib.sha256(re.search("<style>(.*?)</style>", answer.text, re.DOTALL)[1].encode()).digest()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{base64.b64encode(style).decode()}'" in policy


def test_what_the_site_itself_says_is_never_replaced(front):
    answer = front.ask(get("/away/"))
    assert (answer.status, answer.text) == (503, "the site")


def test_its_pages_have_no_address_of_their_own(front):
    assert front.ask(get("/answered-by-nginx")).status == 404


def test_a_browser_hears_when_to_come_back(front):
    assert front.ask(get("/breaks-off/")).headers["Retry-After"] == "120"
    assert front.ask(get("/?" + "x" * 40_000)).headers["Retry-After"] is None


def test_a_head_has_no_body(front):
    assert front.ask(get("/breaks-off/", method="HEAD")).text == ""


def test_nothing_that_was_refused_stands_in_a_file(front):
    for request_, _status in REFUSED.values():
        front.ask(request_)
    for plain in (False, True):
        front.ask(get(f"/?{WORD}", f"Cookie: {WORD}", host=f"{WORD}.no"), plain=plain)
    assert found_in(front.folder, [*traces_of(CANARY), WORD.encode()]) == []
    assert not re.search(rb"\d+\.\d+\.\d+\.\d+|::1", (front.folder / "site.log").read_bytes())
