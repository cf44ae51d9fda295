"""Ready answers to visits, kept outside Django: a page is made once and then sent as it is.

Words: *stamp* – changes when anything in the database does (database_stamp.py); *ready* – in every encoding, with
its ETag (ready_response.py); *fresh_until* – what a view says of its answer, and only such answers are kept.

Everything is already right without this; it only makes it quick. A visit with a cookie (staff) or a query is
never looked up and never kept. Each process keeps its own: refused is one cache for all, which would be one
more program to run, and slower than the memory at hand.
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from mestring.cache.ready_response import Application, Environ, ReadyAnswer, ask, send

MOST = 300  # answers, about 30 kB each in all their encodings
LOOK_EVERY = 0.1  # seconds between two looks at the stamp
# Whose answer it is; the proxy's word on https decides between a page and a redirect.
KEY = ("HTTP_HOST", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "SCRIPT_NAME", "PATH_INFO")


class PageCache:
    """Wraps a WSGI application; `read_stamp` says what the content depends on, or None for unknown."""

    def __init__(self, application: Application, read_stamp: Callable[[], str | None]) -> None:
        self.application = application
        self.read_stamp = read_stamp
        self.lock = threading.Lock()
        self.ready: dict[tuple[str, ...], ReadyAnswer] = {}
        self.stamp: str | None = None
        self.looked = float("-inf")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from memory where that is right; otherwise ask the application."""
        stamp = self._stamp_now() if _is_plain_visit(environ) else None
        if stamp is None:
            return self.application(environ, start_response)
        key = tuple(environ.get(name, "") for name in KEY)
        kept = self.ready.get(key)
        if kept and kept.until > time.time():
            return send(kept, environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        answer = ask(self.application, environ, start_response)
        if isinstance(answer, ReadyAnswer):
            self._keep(key, answer, stamp)
            return send(answer, environ, start_response)
        return answer

    def _stamp_now(self) -> str | None:
        """Return the stamp as it was at most LOOK_EVERY ago; when it has changed, everything is forgotten."""
        now = time.monotonic()
        if now - self.looked >= LOOK_EVERY:
            stamp = self.read_stamp()
            with self.lock:
                if stamp != self.stamp:
                    self.ready = {}
                self.stamp, self.looked = stamp, now
        return self.stamp

    def _keep(self, key: tuple[str, ...], kept: ReadyAnswer, stamp: str) -> None:
        with self.lock:
            # The stamp was read before the page was made: whatever came after it empties this again.
            if stamp == self.stamp:
                if len(self.ready) >= MOST:
                    self.ready = {}
                self.ready[key] = kept


def _is_plain_visit(environ: Environ) -> bool:
    asks = environ["REQUEST_METHOD"] in ("GET", "HEAD")
    return asks and not environ.get("QUERY_STRING") and "HTTP_COOKIE" not in environ
