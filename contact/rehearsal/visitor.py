"""The stranger: asks the site's public address over the network, so through name, certificate and proxy."""

import ssl
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPSHandler, ProxyHandler, build_opener

from django.conf import settings

PATIENCE = 30.0  # seconds for one page


class Unreachable(Exception):
    """The address gave no answer: its name, certificate, firewall or proxy."""


@dataclass(frozen=True)
class Answer:
    """A page, and the address at which it stands after redirects."""

    status: int
    address: str
    page: str


class Visitor:
    """Asks for pages and sends forms; keeps no cookie, and takes no other way than visitors on the network."""

    def __init__(self) -> None:
        """Trust the certificates that a browser of the clinic trusts."""
        trust = ssl.create_default_context(cafile=settings.CERTIFICATE_AUTHORITY or None)
        self._opener = build_opener(ProxyHandler({}), HTTPSHandler(context=trust))

    def ask(self, address: str, sent: dict[str, str] | None = None) -> Answer:
        """Return the page at an address of the site, or the one that answers a form. Raises Unreachable."""
        whole = urljoin(settings.SITE_ADDRESS, address)
        body = None if sent is None else urlencode(sent).encode()
        try:
            with self._opener.open(whole, body, timeout=PATIENCE) as response:
                return Answer(response.status, response.url, response.read().decode())
        except HTTPError as refusal:
            return Answer(refusal.code, whole, "")
        except (OSError, HTTPException, ValueError):
            raise Unreachable from None
