"""`check_links` asks strangers' servers, a little, politely, and never a machine in a closed network."""

import ipaddress
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from itertools import pairwise

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import call_command

from pages.editions.publishing import save_draft
from pages.links import checker
from pages.links import request as link_request
from pages.links.request import LinkRefused, is_allowed, parts_of
from pages.models import LinkCheck
from tests.factories import claim, clinic, draft

pytestmark = pytest.mark.django_db


class Strangers(BaseHTTPRequestHandler):
    """A website with an address for each kind of failure."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments):
        pass

    def do_HEAD(self):
        self.answer()

    do_GET = do_HEAD  # noqa: N815 (the server asks for this name)

    def answer(self):
        self.server.asked.append((self.command, self.path, dict(self.headers), time.monotonic()))
        path = self.path.partition("?")[0]
        if path == "/no-head" and self.command == "HEAD":
            return self.say(405)
        if path.startswith("/to/"):
            left = int(path.removeprefix("/to/"))
            return self.say(302, f"/to/{left - 1}" if left > 1 else "/fine")
        if path == "/round":
            return self.say(301, "/round")
        if path == "/http":
            return self.say(301, f"http://localhost:{self.server.server_port}/fine")
        if path == "/inside":
            return self.say(302, "https://10.0.0.1/")
        if path == "/slow":
            self.server.stop.wait(5)
            return self.say(200)
        if path == "/drip":
            return self.drip()
        if path == "/huge":
            return self.huge()
        return self.say({"/404": 404, "/500": 500, "/410": 410, "/403": 403, "/429": 429}.get(path, 200))

    def say(self, status, location=None):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.send_header("Set-Cookie", "who=you")
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def drip(self):
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.server.stop.wait(0.1):
                self.wfile.write(b"X-More: yes\r\nX"[:1])
        except OSError:
            self.close_connection = True

    def huge(self):
        self.send_response(200 if self.command == "GET" else 405)
        self.send_header("Content-Length", str(10**12))
        self.end_headers()
        if self.command == "GET":
            try:
                while not self.server.stop.is_set():
                    self.server.sent += self.wfile.write(b"x" * 65536)
            except OSError:
                self.close_connection = True


def certificate(folder, *names):
    """Write a key and a certificate for these names, signed by itself, and return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "strangers")])
    now = datetime.now(UTC)
    alternatives = [x509.DNSName(one) for one in names]
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / f"{names[0]}.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


def serve(file):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Strangers)
    server.daemon_threads, server.asked, server.sent, server.stop = True, [], 0, threading.Event()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server


@pytest.fixture(scope="module")
def pems(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pems")
    return certificate(folder, "localhost"), certificate(folder, "elsewhere.example")


@pytest.fixture
def strangers(pems, settings, monkeypatch):
    """A running server on this very machine, whose certificate is trusted, and links that may be asked."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pems[0]))
    settings.CHECK_LINKS = settings.CHECK_LINKS_LOOPBACK = True
    server = serve(pems[0])
    yield server
    server.stop.set()
    server.shutdown()
    server.server_close()


def address(server, path):
    return f"https://localhost:{server.server_port}{path}"


def link_to(*addresses):
    body = "".join(f'<p><a href="{one}">x</a></p>' for one in addresses)
    save_draft(draft(f"side-{len(addresses)}", languages=("nb",), body=body), by=None)


def result(server, path):
    """Ask one address and return (status, fault, ok)."""
    link_to(address(server, path))
    checker.check_links(pause=0)
    check = LinkCheck.objects.get()
    return check.status, check.fault, check.ok


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/fine", (200, "", True)),
        ("/fine?a=b%20c", (200, "", True)),
        ("/no-head", (200, "", True)),
        ("/to/3", (200, "", True)),
        ("/to/4", (None, "round", False)),
        ("/round", (None, "round", False)),
        ("/http", (None, "insecure", False)),
        ("/inside", (None, "inside", False)),
        ("/404", (404, "", False)),
        ("/410", (410, "", False)),
        ("/500", (500, "", False)),
        ("/403", (403, "", None)),
        ("/429", (429, "", None)),
    ],
)
def test_what_an_address_answers_is_stored(strangers, path, expected):
    assert result(strangers, path) == expected


def test_a_server_that_lets_nobody_ask_twice_is_not_asked_twice(strangers):
    result(strangers, "/429")
    assert [method for method, *_rest in strangers.asked] == ["HEAD"]


def test_a_server_that_does_not_answer_in_time_is_left(strangers, monkeypatch):
    monkeypatch.setattr(link_request, "CONNECT_SECONDS", 0.3)
    assert result(strangers, "/slow") == (None, "slow", False)


def test_a_server_that_answers_drop_by_drop_is_left_too(strangers, monkeypatch):
    monkeypatch.setattr(link_request, "REQUEST_SECONDS", 0.5)
    begun = time.monotonic()
    assert result(strangers, "/drip") == (None, "slow", False)
    assert time.monotonic() - begun < 4


def test_a_huge_page_is_not_read(strangers):
    assert result(strangers, "/huge") == (200, "", True)
    time.sleep(0.2)
    assert strangers.sent < 20_000_000  # what fits in the buffers between


def test_a_certificate_for_another_name_is_a_fault(pems, settings, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(pems[1]))
    settings.CHECK_LINKS_LOOPBACK = True
    server = serve(pems[1])
    try:
        assert result(server, "/fine") == (None, "certificate", False)
        assert server.asked == []
    finally:
        server.shutdown()
        server.server_close()


def test_nobody_at_the_door_and_no_such_name(settings, monkeypatch):
    settings.CHECK_LINKS_LOOPBACK = True
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        link_to(f"https://localhost:{closed.getsockname()[1]}/")
        checker.check_links(pause=0)
    assert LinkCheck.objects.get().fault == "silent"

    def no_such_name(*_arguments, **_named):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    with pytest.raises(LinkRefused) as refused:
        link_request.machines_of("finnes-ikke.example", 443)
    assert refused.value.fault == "unknown"


def test_the_request_says_who_asks_and_nothing_else(strangers):
    clinic()
    result(strangers, "/to/2")
    for _method, _path, headers, _time in strangers.asked:
        assert headers.pop("Host").startswith("localhost:")
        assert headers == {
            "User-Agent": "Mestringshusene link check", "Accept": "*/*", "Connection": "close",
            "Accept-Encoding": "identity",
        }  # fmt: skip
    assert len(strangers.asked) == 3


def test_one_host_is_asked_at_most_once_a_second(strangers, monkeypatch):
    # The moment at which a host was let through is the checker's own: on a busy machine the host notes it later.
    times = []

    class NotedPace(checker.Pace):
        def wait(self, host):
            super().wait(host)
            times.append(self.last[host])

    monkeypatch.setattr(checker, "Pace", NotedPace)
    link_to(address(strangers, "/fine"), address(strangers, "/no-head"))
    checker.check_links(pause=0.3)
    assert len(times) == len(strangers.asked) == 3
    assert all(later - earlier >= 0.3 for earlier, later in pairwise(times))
    assert checker.PAUSE == 1.0


def test_a_run_is_bounded_and_begins_with_what_was_asked_longest_ago(strangers):
    addresses = [address(strangers, f"/fine?{number}") for number in range(4)]
    link_to(*addresses)
    for age, one in ((1, addresses[0]), (3, addresses[1]), (2, addresses[2])):
        at = datetime.now(UTC) - timedelta(days=age)
        LinkCheck.objects.create(address=one, checked_at=at, status=500, ok=False)
    assert checker.check_links(most=2, pause=0)["ok"] == 2
    assert set(LinkCheck.objects.filter(ok=True).values_list("address", flat=True)) == {addresses[3], addresses[1]}
    assert checker.check_links(seconds=-1, pause=0).total() == 0


def test_an_address_named_twice_is_asked_once_and_one_nobody_names_is_forgotten(strangers):
    one = address(strangers, "/fine")
    link_to(one)
    link_to(one, one)
    claim(source_url=one)
    LinkCheck.objects.create(address="https://borte.no", checked_at=datetime.now(UTC), status=200, ok=True)
    assert checker.check_links(pause=0).total() == 1
    assert LinkCheck.objects.get().address == one


def test_off_the_command_says_so_and_asks_nobody(strangers, settings):
    settings.CHECK_LINKS = False
    link_to(address(strangers, "/fine"))
    said = StringIO()
    call_command("check_links", stdout=said)
    assert "CHECK_LINKS" in said.getvalue()
    assert (strangers.asked, LinkCheck.objects.count()) == ([], 0)


def test_on_the_command_says_what_came_of_it(strangers):
    link_to(address(strangers, "/fine"))
    said = StringIO()
    call_command("check_links", stdout=said)
    assert "1" in said.getvalue()


def test_checking_is_off_unless_somebody_switches_it_on(settings):
    assert (settings.CHECK_LINKS, settings.CHECK_LINKS_LOOPBACK) == (False, False)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
        "::ffff:93.184.216.34", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::1", "fec0::1",
    ],
)  # fmt: skip
def test_a_machine_that_is_not_public_is_never_asked(number):
    assert not is_allowed(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_a_public_machine_may_be_asked(number):
    assert is_allowed(number)


def test_a_name_with_one_inner_machine_behind_it_is_refused_whole(monkeypatch):
    found = [(socket.AF_INET, None, None, "", (n, 443)) for n in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)
    with pytest.raises(LinkRefused) as refused:
        link_request.machines_of("x.example", 443)
    assert refused.value.fault == "inside"


def test_the_connection_goes_to_the_very_number_that_was_judged(monkeypatch):
    """A name server that answers differently the second time must not move it inside."""
    answers = iter([[(socket.AF_INET, None, None, "", ("93.184.216.34", 443))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: next(answers))
    reached = []

    def no_connection(self, place):
        reached.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(link_request.socket.socket, "connect", no_connection, raising=False)
    with pytest.raises(LinkRefused):
        link_request.ask("HEAD", "https://x.example/", "agent")
    assert reached == [("93.184.216.34", 443)]
    assert ipaddress.ip_address(reached[0][0]).is_global


@pytest.mark.parametrize(
    "wrong",
    [
        "http://x.no/",
        "https://x.no:8443/",
        "https://ola:hemmelig@x.no/",
        "https:///",
        "https://x..no/",
        "https://x.no%0d%0aHost:%20y/",
        "https://[x/",
    ],
)
def test_only_plain_https_on_its_own_port_is_asked(wrong):
    with pytest.raises(LinkRefused) as refused:
        parts_of(wrong)
    assert refused.value.fault == "unreadable"


def test_norwegian_letters_and_line_breaks_in_an_address_do_no_harm():
    assert parts_of("https://blåbær.no/rømme/?q=å#her") == ("xn--blbr-roah.no", 443, "/r%C3%B8mme/?q=%C3%A5")
    assert parts_of("https://bl%C3%A5b%C3%A6r.no/")[0] == "xn--blbr-roah.no"
    assert "\n" not in parts_of("https://x.no/a\r\nHost: y")[2]
