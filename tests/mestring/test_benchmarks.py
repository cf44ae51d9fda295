"""A benchmark that fails says so, and ends with an error: its figures would be those of something else."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from deploy.bench import sending


class RefusingSite(BaseHTTPRequestHandler):
    """Shows the form, and refuses every inquiry as a network that has sent its share."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def do_POST(self):
        self.send_response(429)
        self.end_headers()

    def log_message(self, *_arguments):
        pass


def test_inquiries_that_are_refused_end_the_benchmark_with_an_error(capsys):
    with ThreadingHTTPServer(("127.0.0.1", 0), RefusingSite) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(SystemExit, match="Too Many Requests"):
            sending(f"http://127.0.0.1:{server.server_port}", clients=2, each=1)
        server.shutdown()
    assert "2 sent, 2 failed" in capsys.readouterr().out
