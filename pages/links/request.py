"""One request to an address that an editor wrote into a page: https, public machines only, the body is not read.

An editor must not be able to make the server send requests inside its own network. The host name is therefore
resolved once, every machine behind it is checked, and the connection is made to the checked number.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings

from pages.models import LinkCheck

CONNECT_SECONDS = 8.0  # for each machine behind a name
REQUEST_SECONDS = 20.0  # for the whole request, however slowly the answer arrives
MOST_MACHINES = 3
MOST_CHARACTERS = 2000  # of an address
_NAME = re.compile(r"[a-z0-9._:%-]+", re.IGNORECASE)
_UNQUOTED = "/%:=&?~+!$,;'@()*[]-._|"
Fault = LinkCheck.Fault


class LinkRefused(Exception):
    """The address did not answer, or may not be asked."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def ask(method: str, address: str, agent: str) -> tuple[int, str | None]:
    """Return (status, Location) of one request. Raises LinkRefused; no cookie, no referrer, no body."""
    host, port, path = parts_of(address)
    connection = _Connection(host, port)
    timer = threading.Timer(REQUEST_SECONDS, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.request(method, path, headers={"User-Agent": agent, "Accept": "*/*", "Connection": "close"})
        response = connection.getresponse()
        if connection.was_cut:  # http.client takes headers that were cut for complete ones
            raise LinkRefused(Fault.SLOW)
        return response.status, response.headers.get("Location")
    except LinkRefused:
        raise
    except ssl.SSLCertVerificationError as error:
        raise LinkRefused(Fault.CERTIFICATE) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        slow = connection.was_cut or isinstance(error, TimeoutError)
        raise LinkRefused(Fault.SLOW if slow else Fault.SILENT) from error
    finally:
        timer.cancel()
        connection.close()


def parts_of(address: str) -> tuple[str, int, str]:
    """Return (host, port, path with query). Raises LinkRefused for all but plain https on its own port."""
    try:
        parts = urlsplit(address)
        # Browsers read %C3%A5 in a name as å. Signs of no name are refused, so that no line is added to a request.
        host, port = unquote(parts.hostname or "").encode("idna").decode(), parts.port or 443
    except ValueError as error:  # UnicodeError too
        raise LinkRefused(Fault.UNREADABLE) from error
    is_plain = parts.scheme == "https" and (port == 443 or settings.CHECK_LINKS_LOOPBACK)
    named = parts.username is not None or parts.password is not None
    if not is_plain or not _NAME.fullmatch(host) or named or len(address) > MOST_CHARACTERS:
        raise LinkRefused(Fault.UNREADABLE)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, port, quote(path, safe=_UNQUOTED)


def machines_of(host: str, port: int) -> list[tuple[int, tuple[str, int]]]:
    """Return (family, socket address) of the machines behind a name. Raises LinkRefused when one is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise LinkRefused(Fault.UNKNOWN) from error
    machines = [(int(family), (str(place[0]), port)) for family, _type, _proto, _name, place in found]
    if not all(is_allowed(place[0]) for _family, place in machines):
        raise LinkRefused(Fault.INSIDE)
    return machines[:MOST_MACHINES]


def is_allowed(number: str) -> bool:
    """Say whether this IP number is public. A number that holds another number inside is not."""
    ip = ipaddress.ip_address(number.partition("%")[0])
    if settings.CHECK_LINKS_LOOPBACK and ip.is_loopback:
        return True
    if isinstance(ip, ipaddress.IPv6Address) and (
        ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip in _TRANSLATED or ip.is_site_local
    ):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class _Connection(http.client.HTTPSConnection):
    """A connection to a checked machine, which another thread can cut."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self.was_cut = False

    def connect(self) -> None:
        """Connect to the first machine that answers, and check the certificate against the name."""
        context = ssl.create_default_context()
        raw = self._first(machines_of(self.host, self.port))
        self.sock = context.wrap_socket(raw, server_hostname=self.host, do_handshake_on_connect=False)
        if self.was_cut:
            raise TimeoutError
        self.sock.do_handshake()

    def _first(self, machines: list[tuple[int, tuple[str, int]]]) -> socket.socket:
        fault: OSError = TimeoutError()
        for family, place in machines:
            raw = socket.socket(family, socket.SOCK_STREAM)
            raw.settimeout(CONNECT_SECONDS)
            try:
                raw.connect(place)
            except OSError as error:
                raw.close()
                fault = error
            else:
                return raw
        raise fault

    def cut(self) -> None:
        """End the connection now, also while a line is being read that never ends."""
        self.was_cut = True
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(
                    self.sock, socket.SHUT_RDWR
                )  # SSLSocket's own would wait for the other side
