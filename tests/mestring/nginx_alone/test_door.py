"""Who gets in: under the site's own name alone, with TLS that keeps its secrets, by IPv4 and IPv6."""

import socket
import ssl
import subprocess

import pytest

from tests import nginx
from tests.mestring.nginx_alone.conftest import get, read

pytestmark = [pytest.mark.xdist_group("nginx"), pytest.mark.proof("nginx")]


def speaking(versions=(ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3), ciphers="ALL", alpn=("http/1.1",)):
    """Return what a client speaks; also what is refused elsewhere as too old."""
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    trust.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    trust.minimum_version, trust.maximum_version = versions
    trust.set_alpn_protocols(alpn)
    return trust


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_tls_is_refused_whatever_the_rest_of_nginx_takes(front, version):
    with pytest.raises((ssl.SSLError, ConnectionError)):
        front.line(trust=speaking((version, version)))


@pytest.mark.parametrize("cipher", ["AES128-GCM-SHA256", "AES256-SHA", "ECDHE-RSA-AES256-SHA"])
def test_a_cipher_without_forward_secrecy_or_of_an_old_kind_is_refused(front, cipher):
    with pytest.raises((ssl.SSLError, ConnectionError)):
        front.line(trust=speaking((ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2), cipher))


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_what_is_taken_has_forward_secrecy_and_gives_no_ticket(front, version):
    with front.line(trust=speaking((version, version))) as line:
        line.sendall(get("/"))
        assert read(line).text == "the site"
        assert version is ssl.TLSVersion.TLSv1_3 or line.cipher()[0].startswith("ECDHE-")
        assert not (line.session and line.session.has_ticket)


def test_browsers_are_offered_http_2_and_a_form_sent_by_it_lies_in_no_file(front):
    with front.line(trust=speaking(alpn=("h2", "http/1.1"))) as line:
        assert line.selected_alpn_protocol() == "h2"
    bodies = front.folder / "temp-client_body"
    before = bodies.stat().st_mtime_ns
    done = subprocess.run(
        ["curl", "-sk", "--http2", "--data-binary", "@-", "-w", " %{http_version}",
         "--resolve", f"localhost:{front.secure}:127.0.0.1", f"https://localhost:{front.secure}/form/"],
        input="x" * 900_000, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "the site 2"
    assert bodies.stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["www.elsewhere.no", None])
def test_under_another_name_or_none_no_certificate_is_shown(front, name):
    with pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"):
        front.line(name=name)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("host", ["www.elsewhere.no", "127.0.0.1"])
def test_a_request_for_another_host_or_none_is_closed_unanswered(front, host, plain):
    assert front.ask(get("/", host=host), plain=plain).status == 0
    assert front.ask(b"GET / HTTP/1.1\r\n\r\n", plain=plain).status == 0


@pytest.mark.parametrize("request_", [b"G<T / HTTP/1.1\r\n\r\n", get("/" + "x" * 40_000), get("/")])
def test_what_is_broken_or_in_the_clear_gets_no_page_of_nginx(front, request_):
    answer = front.ask(request_, plain=True)
    assert answer.status in (0, 301)
    assert "/1." not in answer.headers.get("Server", "")


def test_a_request_in_the_clear_is_sent_to_https_and_a_method_that_is_not_taken_too(front):
    answer = front.ask(get("/kontakt/?form=1"), plain=True)
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/kontakt/?form=1")
    assert answer.headers["Server"] == "nginx"
    answer = front.ask(get("/", method="TRACE"), plain=True)
    assert (answer.status, answer.headers["Location"]) == (302, "https://localhost/")


def test_it_answers_by_ipv6_too(front):
    if not socket.has_ipv6:
        pytest.skip("NO IPV6 HERE")
    with socket.create_connection(("::1", front.secure), timeout=20) as line:
        secured = nginx.TRUST.wrap_socket(line, server_hostname="localhost")
        secured.sendall(get("/"))
        assert read(secured).text == "the site"
    with socket.create_connection(("::1", front.plain), timeout=20) as line:
        line.sendall(get("/"))
        assert read(line).status == 301


@pytest.mark.parametrize("path", ["/readyz", "/metrics", "//readyz", "/%72eadyz", "/metrics/", "/metrics?a"])
def test_how_the_machine_is_doing_is_told_to_itself_alone(front, path):
    assert front.ask(get(path)).text == "the site"
    refused = front.ask(get(path), source="127.0.0.2")
    assert refused.status == 404
    assert "the site" not in refused.text
