"""Workers die while they receive an inquiry; a sender who tries again gets one receipt for one inquiry.

Five of them always, 200 in the long proof (tests/proofs.py).
"""

import http.client
import json
import os
import random
import re
import select
import signal
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter

import pytest

from tests import site_database
from tests.conftest import ROOT, run, running
from tests.proofs import KILLS

pytestmark = pytest.mark.xdist_group("killed")
SENDERS = 6
READ = """
import json
import django; django.setup()
from contact.cases.reading import unseal
from contact.keys.key_holders import open_with_recovery, paper_file
from contact.models import AccessEntry, Delivery, Inquiry
paper, read = paper_file().read_text(), []
for inquiry in Inquiry.objects.all():
    answers = unseal(inquiry, open_with_recovery(inquiry.key, paper))
    about = [model.objects.filter(inquiry_id=inquiry.pk).count() for model in (Delivery, AccessEntry)]
    read.append([inquiry.reference, answers["message"], *about])
print(json.dumps([read, Delivery.objects.count(), AccessEntry.objects.count()]))
"""


class Killer(threading.Thread):
    """Kills workers while they receive an inquiry; killing an idle one proves nothing."""

    def __init__(self):
        super().__init__()
        self.ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.ear.bind(("127.0.0.1", 0))
        self.ear.settimeout(60)
        self.options = {
            "KILLER_PORT": str(self.ear.getsockname()[1]),
            "GUNICORN_CMD_ARGS": f"-c {ROOT / 'tests' / 'contact' / 'sender' / 'at_work.py'}",
            "INQUIRIES_PER_HOUR": "36500",
        }
        self.killed, self.acknowledged, self.chance = [], [], random.Random(7)

    def run(self):
        while len(self.killed) < KILLS:
            # Wait for some receipts, however busy the machine is: new workers would die before doing anything.
            enough = len(self.acknowledged) + self.chance.randint(1, 3)
            deadline = time.monotonic() + 60
            while len(self.acknowledged) < enough and time.monotonic() < deadline:
                time.sleep(0.01)
            worker = self.one_at_work()
            if worker not in self.killed:  # it may have said so just before it died
                time.sleep(self.chance.uniform(0, 0.04))
                os.kill(worker, signal.SIGKILL)
                self.killed.append(worker)

    def one_at_work(self):
        while select.select([self.ear], [], [], 0)[0]:
            self.ear.recv(20)  # an old report
        return int(self.ear.recv(20))


@pytest.fixture
def killer():
    made = Killer()
    yield made
    made.ear.close()


@pytest.fixture
def site(built_site, tmp_path, killer):
    with running(built_site, tmp_path, "keyed", **killer.options) as made:
        yield made


class Sender(threading.Thread):
    """Sends one message after the other as people do: once more when no response comes, and twice in haste."""

    def __init__(self, site, number, killer):
        super().__init__()
        self.site, self.number, self.killer = site, number, killer
        self.broken, self.refused = 0, []
        self.chance = random.Random(number)

    def run(self):
        message = 0
        while self.killer.is_alive() or not message:
            self.send(f"sender {self.number} message {message}")
            message += 1

    def send(self, message):
        form = f"{self.site.url}/kontakt/parorende/"
        address = self.until_answered(lambda: urllib.request.urlopen(form, timeout=30).geturl())
        body = urllib.parse.urlencode({"step": "send", "message": message}).encode()
        got = []

        def post():
            answer = self.until_answered(
                lambda: urllib.request.urlopen(address, data=body, timeout=30).read().decode()
            )
            got.append(re.search(r'reference-number">([\w-]+)<', answer)[1])

        if self.chance.random() < 0.5:  # a double click; else pressed again after the receipt
            click = threading.Thread(target=post)
            click.start()
            post()
            click.join()
        else:
            post(), post()
        self.killer.acknowledged.append((message, got))

    def until_answered(self, call):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                return call()
            except urllib.error.HTTPError as error:
                self.refused.append(error.code)
            except (OSError, http.client.HTTPException):
                self.broken += 1
            time.sleep(0.02)
        raise AssertionError("never answered")


def test_killed_workers_lose_nothing_and_double_nothing(site, killer):
    senders = [Sender(site, number, killer) for number in range(SENDERS)]
    for thread in (killer, *senders):
        thread.start()
    for thread in (killer, *senders):
        thread.join()
    sent = {message: set(got) for message, got in killer.acknowledged}
    acknowledged = {reference for got in sent.values() for reference in got}
    read, outbox, entries = json.loads(run(["-c", READ], site.environment))
    stored = Counter(message for _reference, message, *_rows in read)
    lost = [message for message in sent if not stored[message]]
    doubled = [message for message, number in stored.items() if number > 1]
    doubled += [message for message, got in sent.items() if len(got) != 1]
    print(
        f"\n{'PostgreSQL' if site_database.ON_POSTGRESQL else 'SQLite'}: {len(killer.killed)} kills, "
        f"{SENDERS} senders, {sum(sender.broken for sender in senders)} connections broken; "
        f"acknowledged {len(acknowledged)}, stored {stored.total()}, readable {len(read)}, outbox rows {outbox}, "
        f"lines in the access log {entries}; lost {len(lost)}, doubled {len(doubled)}"
    )
    assert len(killer.killed) == KILLS
    assert [code for sender in senders for code in sender.refused] == []
    assert (lost, doubled) == ([], [])
    assert {reference for reference, *_rest in read} == acknowledged
    assert all(about == [1, 1] for _reference, _message, *about in read)
    assert len(sent) == len(acknowledged) == stored.total() == outbox == entries
