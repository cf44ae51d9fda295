"""One request to the provider: to the addresses that settings and provider name, never to one from a browser.

The whole of it has a time limit, however slowly the answer arrives, and an answer a longest length. No redirect is
followed. At most two threads of a process wait for the provider: the others are for senders and visitors.
"""

import http.client
import json
import logging
import socket
import ssl
import threading
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from mestring.staff.malformed import MALFORMED

SECONDS = 6.0  # for the whole request
CONNECT_SECONDS = 3.0  # for each machine behind the name
LONGEST = 500_000  # bytes of an answer
LOOPBACK = ("127.0.0.1", "localhost")
log = logging.getLogger("mestring.staff")
_places = threading.BoundedSemaphore(2)


class ProviderAway(Exception):
    """The provider does not answer, or not with what it should."""


class ProviderRefused(Exception):
    """The provider answers that what was asked for is not given."""


def may_be_asked(address: Any) -> bool:
    """Say whether this is a plain https address. The provider of a demo may be on the same machine."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except (ValueError, TypeError, AttributeError):
        return False
    here = settings.SIGN_ON_LOOPBACK and parts.scheme == "http" and parts.hostname in LOOPBACK
    return isinstance(address, str) and bool(parts.hostname) and (parts.scheme == "https" or here)


def ask(address: str, form: dict[str, str] | None = None, authorization: str = "") -> dict[str, Any]:
    """Return the JSON object that is answered, to a form or without. Raises ProviderAway, ProviderRefused."""
    if not may_be_asked(address) or not _places.acquire(blocking=False):
        raise ProviderAway
    try:
        status, body = _request(address, form, authorization)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        log.warning("the provider of single sign-on does not answer: %s", type(fault).__name__)
        raise ProviderAway from None  # what it says may hold the address, and so a code
    finally:
        _places.release()
    if 400 <= status < 500 and form is not None:
        raise ProviderRefused
    try:
        found = json.loads(body) if status == 200 else None
    except MALFORMED:
        found = None
    if not isinstance(found, dict):
        log.warning("the provider of single sign-on answers %d, and not what it should", status)
        raise ProviderAway
    return found


def _request(address: str, form: dict[str, str] | None, authorization: str) -> tuple[int, bytes]:
    parts = urlsplit(address)
    headers = {"Accept": "application/json", "Connection": "close"}
    if authorization:
        headers["Authorization"] = authorization
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    was_cut, sockets = threading.Event(), list[socket.socket]()
    timer = threading.Timer(SECONDS, _cut, [connection, sockets, was_cut])
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        sockets.append(connection.sock)  # the connection forgets it when the answer begins
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET" if form is None else "POST", path, urlencode(form) if form else None, headers)
        response = connection.getresponse()
        body = response.read(LONGEST + 1)
        if was_cut.is_set() or len(body) > LONGEST:  # an answer that was cut can look complete
            raise TimeoutError
        return response.status, body
    finally:
        timer.cancel()
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=CONNECT_SECONDS)
    return http.client.HTTPSConnection(host, port, timeout=CONNECT_SECONDS, context=ssl.create_default_context())


def _cut(connection: http.client.HTTPConnection, sockets: list[socket.socket], was_cut: threading.Event) -> None:
    was_cut.set()
    for one in [*sockets, connection.sock]:
        if one is not None:
            with suppress(OSError):
                socket.socket.shutdown(one, socket.SHUT_RDWR)  # SSLSocket's own waits for the other side
