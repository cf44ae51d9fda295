"""Sixteen senders at once for some seconds: how many inquiries failed, and how long each sender waited.

A throw-away site under gunicorn as `make run` starts it, on SQLite, and on PostgreSQL if it is installed. Prints
what it measured, and ends with status 1 when an inquiry failed. The budget for the time is the reader's to judge:
p99 at most one second on a quiet machine.
"""

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from contextlib import closing

from deploy import throwaway_postgres
from deploy.bench import ROOT, free_port, wait_for

CLIENTS, SECONDS = 16, 10
FORM = "/kontakt/parorende/"


def one_client(number: int, port: int, until: float, took: list[float], answers: Counter[str]) -> None:
    """Open a form and send it, again and again; only the sending is timed."""
    for message in range(100_000):
        if time.monotonic() > until:
            return
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("GET", FORM)
                address = connection.getresponse().headers["Location"]
        except OSError as error:
            answers[f"no form: {type(error).__name__}"] += 1
            continue
        body = urllib.parse.urlencode({"step": "send", "message": f"{number} {message} " + "Hei. " * 100})
        started = time.monotonic()
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"})
                answer = connection.getresponse()
                whole = b'reference-number">' in answer.read()
            answers["stored" if whole else f"status {answer.status}"] += 1
        except (OSError, http.client.HTTPException) as error:
            answers[type(error).__name__] += 1
        took.append(time.monotonic() - started)


def measure(name: str, database: dict[str, str]) -> int:
    """Build a site, let all clients send, print one line; return how many inquiries failed."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "mestring.settings", "INQUIRIES_PER_HOUR": "1000000"}
        environment = os.environ | own | database
        for command in (["migrate", "-v0"], ["setup_site"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=environment,
            )  # fmt: skip
        port = free_port()
        web = [sys.executable, "-m", "gunicorn", "mestring.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
        process = subprocess.Popen(
            [*web, "--threads", "4", "--no-control-socket", "--log-level", "error"], cwd=ROOT, env=environment
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            took: list[float] = []
            answers: Counter[str] = Counter()
            until = time.monotonic() + SECONDS
            clients = [
                threading.Thread(target=one_client, args=(number, port, until, took, answers))
                for number in range(CLIENTS)
            ]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
        finally:
            process.terminate()
            process.wait(timeout=30)
    parts = statistics.quantiles(took, n=100)
    failed = {why: number for why, number in answers.items() if why != "stored"}
    print(
        f"{name:11}{CLIENTS} at once for {SECONDS} s: {answers['stored']} stored, {sum(failed.values())} failed "
        f"{failed or ''}  p50 {parts[49]:.2f} s  p95 {parts[94]:.2f} s  p99 {parts[98]:.2f} s", flush=True,
    )  # fmt: skip
    return sum(failed.values())


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    failures = measure("SQLite", {})
    if throwaway_postgres.programs():
        with throwaway_postgres.cluster() as made:  # with fsync, as in production
            failures += measure("PostgreSQL", {"DATABASE_URL": made.url})
    else:
        print("PostgreSQL: its programs are not installed, so it was not measured")
    if failures:
        sys.exit(f"{failures} inquiries failed")
