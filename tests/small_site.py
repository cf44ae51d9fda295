"""A site of a few lines for tests of what stands in front of one: it can be slow, and break off."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answered: set[str] = set()

    def do_GET(self) -> None:
        if self.path.endswith("/breaks-off/") or self.path in self.answered:
            self.connection.close()
            return
        if self.path == "/slow/":
            time.sleep(3)
        self.send_response(503 if self.path.endswith("/away/") else 200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", "8")
        self.send_header("ETag", '"one"')
        if self.path.endswith("/once/"):
            self.answered.add(self.path)
            self.send_header("Cache-Control", "public, max-age=1, stale-if-error=2")
        if self.path.endswith("/kept/"):
            self.send_header("X-Accel-Expires", "60")
            self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        self.wfile.write(b"the site")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 500

    def handle_error(self, *_asked: object) -> None:
        """A line that was closed is what the tests ask for."""


@contextmanager
def running() -> Iterator[int]:
    """Run it; give its port."""
    server = _Server(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
