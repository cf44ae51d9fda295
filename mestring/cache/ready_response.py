"""A response that is ready to be sent again: in each encoding, with an ETag for each."""

import gzip
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import brotli
from django.utils.http import parse_etags

from mestring.cache.encodings import best_encoding

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[..., Any]

KEPT_STATUSES = ("200 OK", "301 Moved Permanently")
PROXY_KEEPS = 10  # seconds for which nginx may keep a response
BODY_HEADERS = {"content-length", "content-encoding"}


@dataclass(frozen=True, slots=True)
class ReadyResponse:
    """A response in each encoding (ETag, headers, body), from when it was made until when it may be sent."""

    status: str
    encodings: dict[str, tuple[str, Headers, bytes]]
    made: float
    until: float


def ask(
    application: Application, environ: Environ, start_response: Callable[..., Any]
) -> ReadyResponse | Iterable[bytes]:
    """Return a response to keep; or the application's own response, started, when it must not be kept."""
    started: list[Any] = []

    def hold(status: str, headers: Headers, exc_info: Any = None) -> None:
        started[:] = [status, headers]

    made = time.time()
    response = application(environ, hold)
    status, headers = started
    until = getattr(response, "fresh_until", None)
    if until is None or status not in KEPT_STATUSES or response.streaming or not _is_same_for_all(headers):
        start_response(status, headers)
        return response
    body = b"".join(response)
    response.close()
    return ReadyResponse(status, _encode(body, headers), made, until.timestamp())


def _encode(body: bytes, headers: Headers) -> dict[str, tuple[str, Headers, bytes]]:
    if ("Content-Encoding", "gzip") in headers:
        body = gzip.decompress(body)
    bodies = {"": body}
    if any(name.lower() == "vary" for name, _value in headers):  # by the encoding; short ones have one form
        bodies |= {"gzip": gzip.compress(body, 6, mtime=0), "br": brotli.compress(body, quality=5)}
    name = sha256(body).hexdigest()[:20]
    shared = [one for one in headers if one[0].lower() not in BODY_HEADERS]
    made = {}
    for encoding, packed in bodies.items():
        etag = f'"{name}-{encoding}"' if encoding else f'"{name}"'
        own = [("ETag", etag), ("Content-Length", str(len(packed)))]
        own += [("Content-Encoding", encoding)] if encoding else []
        made[encoding] = etag, shared + own, packed
    return made


def send(ready: ReadyResponse, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Send the response in the smallest encoding that the browser accepts, or 304 when the browser has it."""
    encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    etag, headers, body = ready.encodings.get(encoding) or ready.encodings[""]
    now = time.time()
    # Age counts against max-age, so that a response kept here is not young again in a browser. nginx does not read
    # Age, so it may keep a response for a short time only: the three times together stay near a minute.
    # It keeps no redirect, which leads on with the query of each visitor.
    proxy_keeps = PROXY_KEEPS if ready.status.startswith("200") else 0
    headers = [
        *headers,
        ("Age", str(max(0, int(now - ready.made)))),
        ("X-Accel-Expires", str(max(0, min(proxy_keeps, int(ready.until - now))))),
    ]
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    if known and (known == "*" or etag in (tag.removeprefix("W/") for tag in parse_etags(known))):
        start_response("304 Not Modified", [one for one in headers if one[0].lower() not in BODY_HEADERS])
        return []
    start_response(ready.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def without_body(response: Iterable[bytes]) -> list[bytes]:
    """Let go of a body that HEAD does not ask for."""
    if close := getattr(response, "close", None):
        close()
    return []


def _is_same_for_all(headers: Headers) -> bool:
    """Return whether nothing but the encoding depends on the visitor.

    A view that sets a cookie or another Vary, and `fresh_until` by mistake, must do no harm.
    """
    return all(
        value.lower() == "accept-encoding" if name.lower() == "vary" else name.lower() != "set-cookie"
        for name, value in headers
    )
