"""A real nginx with the configuration that operators are given, and a certificate for three months."""

import os
import re
import select
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256

from tests.conftest import ROOT, free_port

PROGRAM = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
TRUST = ssl._create_unverified_context()
# What an operator's own nginx.conf may say of TLS; Debian's says nearly this.
WEAK = "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0; ssl_prefer_server_ciphers on;"
BY_THEMSELVES = (
    "daemon off; pid {folder}/pid; error_log {folder}/start.log; events {{}} "
    "http {{ {temp} {weak} {more} include {conf}; }}"
)


def make_certificate(folder: Path, host: str = "localhost") -> None:
    key = rsa.generate_private_key(65537, 2048)  # the kind whose oldest ciphers have no forward secrecy
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(90)
        )
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(one) for one in dict.fromkeys([host, "localhost"])]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)  # it signs itself
    )
    (folder / "site.pem").write_bytes(made.sign(key, SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / "site.key").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption(),
    ))  # fmt: skip


@contextmanager
def running(folder: Path, host: str, site_port: int, more: str = "", secure: int = 0) -> Iterator[int]:
    """Run nginx in a folder, in front of a site; give the port at which it takes https for this host.

    `more` stands in the http block around the file.
    """
    if PROGRAM is None:
        if os.environ.get("CI"):
            pytest.fail("no nginx found; CI must install one")
        pytest.skip("NO NGINX FOUND: what is promised behind a proxy was not tested")
    make_certificate(folder, host)
    plain, secure = free_port(), secure or free_port()
    conf = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for theirs, ours in {
        "listen 80": f"listen 127.0.0.1:{plain}", "listen [::]:80": f"listen [::1]:{plain}",
        "listen 443": f"listen 127.0.0.1:{secure}", "listen [::]:443": f"listen [::1]:{secure}",
        "127.0.0.1:8000": f"127.0.0.1:{site_port}", "/etc/ssl": str(folder), "/var/log/nginx": str(folder),
        "/var/lib/nginx/site": f"{folder}/kept", "/var/lib/mestringshusene/emergency": f"{folder}/emergency",
        "www.example.no": host,
    }.items():  # fmt: skip
        assert theirs in conf
        conf = conf.replace(theirs, ours)
    (folder / "site.conf").write_text(conf, encoding="utf-8")
    temp = "".join(f"{kind}_temp_path {folder}/temp-{kind}; " for kind in (
        "client_body", "proxy", "fastcgi", "uwsgi", "scgi",
    ))  # fmt: skip
    whole = BY_THEMSELVES.format(folder=folder, temp=temp, weak=WEAK, more=more, conf=folder / "site.conf")
    (folder / "nginx.conf").write_text(("user root; " if os.geteuid() == 0 else "") + whole, encoding="utf-8")
    process = subprocess.Popen([PROGRAM, "-c", folder / "nginx.conf", "-e", folder / "start.log"])
    try:
        _wait_for(host, secure)
        yield secure
    finally:
        process.terminate()
        process.wait(timeout=20)


def first_answer(lines: list[ssl.SSLSocket]) -> bytes:
    """Wait until one of these lines is answered; return the first words.

    Which of them nginx counts first it alone knows: it reads lines in any order, and a request that waits for its
    turn is not counted yet. Where more are open than may be, one is refused when all that may be are counted.
    """
    answered = select.select(lines, [], [], 20)[0]
    assert answered, "nginx answered none"
    return answered[0].recv(1 << 16)


def plain_port(folder: Path) -> int:
    """Return the port at which nginx in this folder takes http."""
    text = (folder / "site.conf").read_text(encoding="utf-8")
    return min(int(port) for port in re.findall(r"listen 127\.0\.0\.1:(\d+);", text))


def _wait_for(host: str, port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
                TRUST.wrap_socket(line, server_hostname=host).close()
        except OSError:
            assert time.monotonic() < deadline, "nginx did not start"
            time.sleep(0.05)
        else:
            return
