"""Workers die in the middle of it; a sender who tries again gets one receipt for one inquiry."""

import http.client
import os
import random
import re
import signal
import sqlite3
import subprocess
import threading
import time
import urllib.parse
import urllib.request

import pytest

pytestmark = pytest.mark.xdist_group("killed")
SENDERS, EACH, KILLS = 4, 5, 12


def workers(site):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(site.process.pid)], capture_output=True, text=True)
    return [int(pid) for pid in listed.stdout.split()]


def until_answered(call):
    """Try as a person would, until there is an answer."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return call()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    raise AssertionError("never answered")


def send(site, message):
    """Open a form, send it until a receipt comes, then send it once more; return both references."""
    form = f"{site.url}/kontakt/parorende/"
    address = until_answered(lambda: urllib.request.urlopen(form, timeout=10).geturl())
    body = urllib.parse.urlencode({"step": "send", "message": message}).encode()

    def post():
        return urllib.request.urlopen(address, data=body, timeout=10).read().decode()

    answers = [until_answered(post), until_answered(post)]
    return [re.search(r'reference-number">([\w-]+)<', answer)[1] for answer in answers]


def test_killed_workers_lose_nothing_and_double_nothing(site_server):
    stop, kills, got = threading.Event(), [], []

    def killer():
        chance = random.Random(7)
        while len(kills) < KILLS and not stop.wait(chance.uniform(0, 0.4)):
            if pids := workers(site_server):
                os.kill(chance.choice(pids), signal.SIGKILL)
                kills.append(1)
            # Only those at work are worth killing: on a busy machine they would else die before they had begun.
            until_answered(lambda: urllib.request.urlopen(f"{site_server.url}/healthz", timeout=10))

    def sender(number):
        got.extend(send(site_server, f"sender {number} message {m}") for m in range(EACH))

    threads = [threading.Thread(target=sender, args=(n,)) for n in range(SENDERS)]
    death = threading.Thread(target=killer)
    death.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    death.join()

    assert len(got) == SENDERS * EACH
    assert len(kills) > 3
    assert all(first == again for first, again in got)
    with sqlite3.connect(site_server.data_dir / "site.sqlite3") as database:
        stored = [row[0] for row in database.execute("SELECT reference FROM contact_inquiry")]
        waiting = database.execute("SELECT count(*) FROM contact_delivery").fetchone()[0]
    assert sorted(stored) == sorted(first for first, _again in got)
    assert waiting == len(stored)
