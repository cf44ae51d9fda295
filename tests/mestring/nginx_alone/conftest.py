"""nginx with the shipped file in front of a site of a few lines, and raw requests to it."""

import re
import socket
import ssl
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from tests import nginx, small_site


@dataclass(frozen=True)
class Front:
    """nginx: where it listens, and its folder."""

    secure: int
    plain: int
    folder: Path

    def line(self, *, name="localhost", source="127.0.0.1", plain=False, trust=nginx.TRUST) -> socket.socket:
        """Open a line to it, with TLS unless said otherwise."""
        port = self.plain if plain else self.secure
        line = socket.create_connection(("127.0.0.1", port), timeout=20, source_address=(source, 0))
        return line if plain else trust.wrap_socket(line, server_hostname=name)

    def ask(self, request: bytes, **how) -> "Answer":
        """Send bytes, and read all that is answered."""
        with self.line(**how) as line:
            line.sendall(request)
            return read(line)


@dataclass(frozen=True)
class Answer:
    """What nginx said."""

    status: int
    headers: Message
    text: str


def read(line: socket.socket) -> Answer:
    """Read one answer."""
    said = b""
    try:
        while not is_whole(said) and (part := line.recv(65536)):
            said += part
    except (ConnectionError, ssl.SSLEOFError):
        pass
    return answer_of(said)


def is_whole(said: bytes) -> bool:
    """Whether the body is as long as the head says; a line on which too much was sent is closed late."""
    head, empty, body = said.partition(b"\r\n\r\n")
    length = re.search(rb"\r\nContent-Length: (\d+)", head)
    return bool(empty and length and len(body) >= int(length[1]))


def answer_of(said: bytes) -> Answer:
    """Return one answer's parts; status 0 when there was none."""
    head, _empty, body = said.partition(b"\r\n\r\n")
    first, _end, fields = head.partition(b"\r\n")
    words = first.split()
    return Answer(int(words[1]) if words else 0, message_from_bytes(fields), body.decode())


def get(path: str, *more: str, host: str = "localhost", method: str = "GET") -> bytes:
    """Return a request that lets the line be closed."""
    return "\r\n".join((f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *more, "", "")).encode()


@pytest.fixture(scope="session")
def front(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx-alone")
    with (
        small_site.running() as site,
        nginx.running(folder, "localhost", site, "proxy_read_timeout 1s;") as secure,
    ):
        yield Front(secure, nginx.plain_port(folder), folder)
