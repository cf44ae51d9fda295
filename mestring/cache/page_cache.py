"""The page cache: complete responses in the memory of each process, outside Django.

Words: *version* – changes when anything in the database does (data_version.py); *ready* – a response in every
encoding, with its ETag (ready_response.py); *fresh_until* – until when a view says that its response is right.
A response without it is not kept.

What empties the cache: a new version, read at most once in LOOK_EVERY seconds. What drops one response: its
`fresh_until`. Every page is right without the cache; it only makes them quick. A request with a cookie of ours
(staff), or with a part of a query that its view reads, is neither looked up nor kept (plain_visits.py).

Refused: one cache for all processes, which would be one more program to run, and slower than memory; Django's
cache middleware, which reached 0.58 of a bare WSGI application where this reaches 0.96; and nginx alone, which
cannot know when the database changes.
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from mestring.cache.plain_visits import leading_on, plain_visit
from mestring.cache.ready_response import Application, Environ, ReadyResponse, ask, send, without_body

LIMIT = 300  # responses, about 30 kB each in all their encodings
LOOK_EVERY = 0.1  # seconds between two readings of the version
# What tells two responses apart; the proxy's word on https decides between a page and a redirect.
KEY = ("HTTP_HOST", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "SCRIPT_NAME", "PATH_INFO")


class PageCache:
    """Wraps a WSGI application; `read_version` returns the version of the content, or None when it is unknown."""

    def __init__(self, application: Application, read_version: Callable[[], str | None]) -> None:
        self.application = application
        self.read_version = read_version
        self.lock = threading.Lock()
        self.ready: dict[tuple[str, ...], ReadyResponse] = {}
        self.version: str | None = None
        self.looked_at = float("-inf")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Send the kept response if it is fresh; otherwise ask the application, and keep what may be kept."""
        plain = plain_visit(environ)
        if plain is None:
            return self.application(environ, start_response)
        if query := environ.get("QUERY_STRING", ""):
            start_response = leading_on(start_response, query)
        environ, version = plain, self._current_version()
        if version is None:
            return self.application(environ, start_response)
        key = tuple(environ.get(name, "") for name in KEY)
        kept = self.ready.get(key)
        if kept and kept.until > time.time():
            return send(kept, environ, start_response)
        # HEAD asks what GET would get, so GET is asked: else its first answer had no ETag.
        response = ask(self.application, environ | {"REQUEST_METHOD": "GET"}, start_response)
        if isinstance(response, ReadyResponse):
            self._keep(key, response, version)
            return send(response, environ, start_response)
        return without_body(response) if environ["REQUEST_METHOD"] == "HEAD" else response

    def _current_version(self) -> str | None:
        """Return the version as it was at most LOOK_EVERY ago; empty the cache when it has changed."""
        now = time.monotonic()
        if now - self.looked_at >= LOOK_EVERY:
            version = self.read_version()
            with self.lock:
                if version != self.version:
                    self.ready = {}
                self.version, self.looked_at = version, now
        return self.version

    def _keep(self, key: tuple[str, ...], response: ReadyResponse, version: str) -> None:
        with self.lock:
            # The version was read before the page was made: a later change of the database empties the cache
            # again.
            if version == self.version:
                if len(self.ready) >= LIMIT:
                    self.ready = {}
                self.ready[key] = response
