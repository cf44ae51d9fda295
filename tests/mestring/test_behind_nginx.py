"""The site behind a real nginx with the configuration that operators are given."""

import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests import nginx
from tests.conftest import ROOT, running
from tests.contact.conftest import CANARY
from tests.contact.traces import found_in, traces_of
from tests.mestring.web.test_headers import EXPECTED

pytestmark = [pytest.mark.xdist_group("nginx"), pytest.mark.proof("nginx")]


@pytest.fixture(scope="module")
def behind(built_site, tmp_path_factory):
    """A site behind nginx: its https address, nginx's folder, and the site itself."""
    folder, data = tmp_path_factory.mktemp("nginx"), tmp_path_factory.mktemp("site")
    limits = {"INQUIRIES_PER_HOUR": "3", "SET_APART_PER_HOUR": "0"}  # what is above the first is refused at once
    with (
        running(built_site, data, "starter", BEHIND_HTTPS="true", **limits) as site,
        nginx.running(folder, "localhost", site.port) as secure,
    ):
        url = f"https://localhost:{secure}"
        for path in ("/", "/visjon-og-filosofi/"):  # for the last test, which waits until nginx should ask again
            ask(url + path)
        site.front_kept_at = time.monotonic()
        yield url, folder, site


def ask(url, *, data=None, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        answer = urllib.request.urlopen(urllib.request.Request(url, data, named), timeout=30, context=nginx.TRUST)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read().decode(), answer.url


def send(url, text, **headers):
    form = ask(f"{url}/kontakt/pasient/")[3]
    return ask(form, data=urllib.parse.urlencode({"message": text, "step": "send"}).encode(), **headers)


def log(folder):
    return (folder / "site.log").read_text(encoding="utf-8")


def logged(folder, url, *, shown_as="", **headers):
    """Ask, and return the line that nginx wrote about it; it writes after it has answered."""
    before, answer = len(log(folder).splitlines()), ask(url, **headers)
    path = f" {shown_as or urllib.parse.urlsplit(url).path} "
    deadline = time.monotonic() + 10
    while not (lines := [line for line in log(folder).splitlines()[before:] if path in line]):
        assert time.monotonic() < deadline, "nginx logged nothing"
        time.sleep(0.01)
    return answer, lines[-1]


def test_a_page_is_the_same_and_as_safe_and_the_second_comes_from_nginx(behind):
    url, folder, _site = behind
    first, _line = logged(folder, f"{url}/avrusning/")
    second, line = logged(folder, f"{url}/avrusning/")
    assert first[0] == 200
    assert first[2] == second[2]
    assert "X-Accel-Expires" not in second[1]
    assert {"Content-Security-Policy", "Strict-Transport-Security"} <= set(second[1])
    assert "GET /avrusning/ 200" in line
    assert line.endswith(" HIT")
    assert ask(f"{url}/avrusning/", If_None_Match=second[1]["ETag"])[0] == 304


def test_what_other_sites_add_to_a_link_and_their_cookies_make_no_other_page(behind):
    url, folder, _site = behind
    page = ask(f"{url}/avrusning/")[2]
    for query, headers in (("?fbclid=abc", {}), ("?q=a&form=b", {}), ("", {"Cookie": "_ga=x"})):
        answer, line = logged(folder, f"{url}/avrusning/{query}", **headers)
        assert (answer[0], answer[2]) == (200, page)
        assert line.endswith(" HIT")


@pytest.mark.parametrize("path", ["/kontakt/pasient/", "/sok/?q=angst", "/en/search/?a&page=2", "/admin/login/"])
def test_what_is_made_for_one_person_is_never_kept(behind, path):
    url, folder, _site = behind
    for _visit in range(2):
        answer, line = logged(folder, url + path)
        assert answer[0] == 200
        assert not line.endswith(" HIT")


def test_a_colleague_who_is_logged_in_goes_past_the_cache(behind):
    url, folder, _site = behind
    for _visit in range(2):
        _answer, line = logged(folder, f"{url}/behandling/", Cookie="__Host-session=abc")
        assert line.endswith(" BYPASS")
    assert "Set-Cookie" not in ask(f"{url}/behandling/")[1]


def test_an_address_with_many_open_logins_is_told_so_by_nginx_and_the_forms_stay_open(behind):
    url, _folder, _site = behind
    opened = []
    for _login in range(5):
        connection = nginx.TRUST.wrap_socket(
            socket.create_connection(("127.0.0.1", urllib.parse.urlsplit(url).port)), server_hostname="localhost"
        )
        connection.sendall(b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nuser")
        opened.append(connection)
    assert nginx.first_answer(opened).startswith(b"HTTP/1.1 429")
    answer = ask(f"{url}/admin/login/")
    assert answer[0] == 429
    assert "35 01 95 00" in answer[2]
    assert ask(f"{url}/kontakt/pasient/")[0] == 200
    for connection in opened:
        connection.close()


def test_logins_from_many_addresses_go_to_the_site_a_few_at_a_time_and_none_of_them_is_lost(behind):
    url, _folder, _site = behind

    def open_login(number):
        connection = HTTPSConnection(
            "localhost",
            urllib.parse.urlsplit(url).port,
            context=nginx.TRUST,
            source_address=(f"127.0.1.{number}", 0),
        )
        connection.request("GET", "/admin/login/", headers={"Host": "localhost"})
        return connection.getresponse().status

    started = time.monotonic()
    with ThreadPoolExecutor(21) as people:
        assert list(people.map(open_login, range(1, 22))) == [200] * 21
    assert time.monotonic() - started >= 1.9  # ten in a second, however quick the site is


def test_an_inquiry_leaves_no_word_in_any_file_of_nginx_and_no_address_in_its_log(behind):
    url, folder, site = behind
    assert send(url, f"{CANARY} " * 400)[0] == 200  # some sixteen kilobytes on the wire
    assert send(url, f"{CANARY} " * 20_000)[0] == 422  # nearly all that nginx lets through
    ask(f"{url}/sok/?q={urllib.parse.quote(CANARY)}", Referer=f"{url}/?{urllib.parse.quote(CANARY)}")
    logged(folder, f"{url}/del/{'k' * 43}/", shown_as="/del/...")
    logged(folder, f"{url}/admin/login/choose/MQ/{'t' * 39}/", shown_as="/admin/login/choose/MQ/...")
    assert found_in(folder, [*traces_of(CANARY), b"k" * 43, b"t" * 39]) == []
    assert found_in(site.data_dir, traces_of(CANARY)) == []
    assert not re.search(r"\d+\.\d+\.\d+\.\d+|::1", log(folder))


def test_the_throttle_counts_the_sender_and_not_nginx_and_believes_no_claim(behind):
    url, _folder, _site = behind
    answers = [send(url, f"Hei nummer {n}", X_Forwarded_For=f"203.0.113.{n}")[0] for n in range(4)]
    assert answers[-1] == 429


def test_too_long_a_body_is_refused_before_it_is_read_into_a_file(behind):
    url, folder, _site = behind
    status, headers, text, _url = ask(f"{url}/kontakt/pasient/", data=b"message=" + b"x" * 1_100_000)
    assert status == 413
    says_whom_to_ring(headers, text)
    ours = ask(f"{url}/avrusning/")[1]
    for name in ("Strict-Transport-Security", *EXPECTED):
        assert headers[name] == ours[name], name
    assert not list(Path(folder, "temp-client_body").rglob("*.*"))


def says_whom_to_ring(headers, text):
    """The answer is nginx's own, and as safe and helpful as one of the site."""
    for number in ("+4735019500", "113", "116117"):
        assert f'href="tel:{number}"' in text
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert {"Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options"} <= set(headers)


@pytest.mark.parametrize("inside", ["nothing else", "Debian's nginx.conf, beside its own site"])
def test_the_file_loads_unchanged_on_debian(tmp_path, inside):
    """With a certificate where it names one, and the folders as Debian's package makes them: empty."""
    folders = ("/etc/ssl", "/var/lib/nginx", "/var/log/nginx", "/etc/nginx/conf.d", "/run")
    alone = ["unshare", "--map-root-user", "--mount", "--net"]
    if (
        nginx.PROGRAM is None
        or not all(map(os.path.isdir, folders))
        or subprocess.run([*alone, "true"]).returncode
    ):
        pytest.skip("NO NGINX OF DEBIAN, or no folders of one's own here: the file was not loaded unchanged")
    nginx.make_certificate(tmp_path)
    conf = tmp_path / "nginx.conf"
    conf.write_text(f"user root; pid {tmp_path}/pid; events {{}} http {{ include {ROOT}/deploy/nginx.conf; }}")
    if inside != "nothing else":
        conf.write_text(Path("/etc/nginx/nginx.conf").read_text().replace("user www-data", "user root"))
    mounts = "; ".join(f"mount -t tmpfs none {folder}" for folder in folders)
    copies = f"cp {tmp_path}/site.* /etc/ssl/; cp {ROOT}/deploy/nginx.conf /etc/nginx/conf.d/site.conf"
    script = f"set -e; {mounts}; {copies}; {nginx.PROGRAM} -t -c {conf} -e {tmp_path}/errors"
    done = subprocess.run([*alone, "sh", "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "conflicting" not in done.stderr


def test_pictures_are_never_kept_as_one_that_is_withdrawn_must_be_gone_at_once(behind):
    url, folder, _site = behind
    _answer, line = logged(folder, f"{url}/media/pictures/anything.webp")
    assert line.endswith(" -")


def test_after_ten_seconds_the_site_is_asked_again_and_while_it_is_away_the_old_page_helps(behind):
    url, folder, site = behind
    time.sleep(max(0, site.front_kept_at + 11 - time.monotonic()))  # nginx keeps a page for 10 s
    _answer, line = logged(folder, f"{url}/visjon-og-filosofi/")
    assert line.endswith(" EXPIRED")  # asked for anew, and not shown once more first
    site.stop()
    for path, data in (("/en/detox/", None), ("/kontakt/pasient/", None), ("/kontakt/pasient/", b"message=x")):
        status, headers, text, _url = ask(url + path, data=data)
        assert status == 503
        says_whom_to_ring(headers, text)
    (status, _headers, text, _url), line = logged(folder, f"{url}/")
    assert status == 200
    assert "tel:" in text
    assert line.endswith(" STALE")
