"""A gunicorn configuration for tests: a worker that begins to receive an inquiry tells the test that kills it."""

import os
import socket

_telling = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def pre_request(worker, request):
    if request.method == "POST":
        _telling.sendto(str(worker.pid).encode(), ("127.0.0.1", int(os.environ["KILLER_PORT"])))
