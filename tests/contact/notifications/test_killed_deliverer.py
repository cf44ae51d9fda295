"""The delivery process dies while a mail is accepted: the mail is sent again under the same Message-ID.

Five times always, 200 times in the long proof (tests/proofs.py).
"""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from contextlib import suppress
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests import site_database
from tests.conftest import ROOT, free_port
from tests.proofs import KILLS

pytestmark = pytest.mark.xdist_group("killed")
ANSWER = """
import sys, uuid
import django; django.setup()
from django.db import connection
from django.contrib.auth.models import User
from contact.cases.writing import replies
from contact.cases.unread import newest_entry
from contact.sender.intake import receive
from contact.models import Inquiry
from contact.sender.receipt import new_token, nonce_of
user = User.objects.create_user("ivar")
for number in range(int(sys.argv[1])):
    sent = receive("patient", "nb", {"message": "hei"}, nonce_of(new_token()))
    inquiry = Inquiry.objects.get(locator=sent.locator)
    more = {"form": uuid.uuid4(), "seen": newest_entry(inquiry), "page": "https://example.org/"}
    replies.reply(inquiry, "svar", user, mail_to=f"sender{number}@example.org", **more)
connection.close()  # no round is forked with an open one
print("answered", flush=True)
"""
# Each round is a process of its own, forked, so that the proof need not load Django two hundred times.
ROUNDS = """
import os
from contact.notifications.outbox import deliver_due
for _line in sys.stdin:
    pid = os.fork()
    if not pid:
        deliver_due()
        os._exit(0)
    print(pid, flush=True)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


class DeadlyMailbox:
    """An SMTP server that kills the process which sends: before it says that it accepted, or just after."""

    def __init__(self):
        self.taken, self.kills, self.process = [], 0, 0
        self.chance = random.Random(7)

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        if self.kills < KILLS:
            if self.chance.random() < 0.5:
                self.kill(self.process)
            else:
                threading.Timer(self.chance.uniform(0, 0.006), self.kill, [self.process]).start()
        return "250 OK"

    def kill(self, process):
        with suppress(ProcessLookupError):  # it had done all its work
            os.kill(process, signal.SIGKILL)


@pytest.fixture
def mailbox():
    made = DeadlyMailbox()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    made.port = controller.port
    yield made
    controller.stop()


def test_a_deliverer_killed_again_and_again_sends_each_mail_under_one_message_id(keyed_site, mailbox):
    site = keyed_site | {"EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"}
    answers, folder = KILLS + 5, Path(keyed_site["DATA_DIR"])
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen([sys.executable, "-c", ANSWER + ROUNDS, str(answers)], cwd=ROOT, env=site, **pipes)
    assert process.stdout.readline() == "answered\n"
    while site_database.ask(folder, "SELECT 1 FROM contact_delivery WHERE sent_at IS NULL"):
        # Ten minutes later: the lease of the one that died has run out.
        site_database.ask(folder, "UPDATE contact_delivery SET leased_until = '2000-01-01 00:00:00Z'")
        process.stdin.write("go\n")
        process.stdin.flush()
        mailbox.process = int(process.stdout.readline())
        mailbox.kills += int(process.stdout.readline()) == signal.SIGKILL
    process.communicate()

    ids, times = defaultdict(set), Counter()
    for mail in mailbox.taken:
        ids[mail["To"]].add(mail["Message-ID"])
        times[mail["To"]] += 1
    wanted = {f"sender{number}@example.org" for number in range(answers)} | {"inntak@mestringshusene.example"}
    renamed = [to for to, found in ids.items() if len(found) != 1]
    again = len(mailbox.taken) - len(times)
    print(
        f"\n{'PostgreSQL' if site_database.ON_POSTGRESQL else 'SQLite'}: {mailbox.kills} kills of the deliverer, "
        f"{len(wanted)} mails due, {len(mailbox.taken)} accepted, {again} of them again; "
        f"missing {len(wanted - set(times))}, under a second Message-ID {len(renamed)}"
    )
    assert set(times) == wanted
    assert renamed == []
    assert len({found for every in ids.values() for found in every}) == len(wanted)
    assert mailbox.kills == KILLS
