"""What senders see while the database really fails: `python -m tests.contact.sender.database_faults` in a site.

For each fault prints the responses to a sender who sends, who checks the answers before sending, and who adds to
a thread; then what sending once more gives when the fault is over.
"""

import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.conf import settings

# A test need not wait for what will not come; the real settings wait twenty seconds.
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0.1
else:
    settings.DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=200"
django.setup()

from django.db import connection  # noqa: E402 (needs the settings as changed above)
from django.test import Client  # noqa: E402

from contact.models import Inquiry, Message  # noqa: E402
from tests.contact.conftest import CANARY  # noqa: E402

LONG = (f"{CANARY} " * 400).strip()  # more than there is room for in any half-empty page of the file


def file():
    return settings.DATABASES["default"]["NAME"]


@contextmanager
def held(how):
    with closing(sqlite3.connect(file(), isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        yield
        other.rollback()


@contextmanager
def another_file(name):
    connection.close()
    kept, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    yield
    connection.close()
    connection.settings_dict["NAME"] = kept


@contextmanager
def read_only():
    with another_file(f"file:{file()}?mode=ro"):
        yield


@contextmanager
def full():
    """A file system without room, where one may be mounted; otherwise a file that may not grow."""
    folder = Path(settings.DATA_DIR, "small")
    folder.mkdir()
    size = Path(file()).stat().st_size + 65_536
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (Path(file()).stat().st_size, unlimited[1]))
        yield
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        return
    try:
        shutil.copy(file(), folder)
        with another_file(str(folder / Path(file()).name)), (folder / "rest").open("wb", buffering=0) as rest:
            try:
                while rest.write(bytes(512)):
                    pass
            except OSError:
                yield
    finally:
        subprocess.run(["umount", folder], check=True)


def said(statement):
    import psycopg

    able = "-c default_transaction_read_only=off"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, options=able) as other:
        other.execute(statement)


@contextmanager
def setting(name, value):
    connection.close()
    said(f"ALTER DATABASE {settings.DATABASES['default']['NAME']} SET {name} = {value}")
    yield
    connection.close()
    said(f"ALTER DATABASE {settings.DATABASES['default']['NAME']} RESET {name}")


@contextmanager
def table_locked(then_cut=False):
    """Another process has a table that storing needs; with `then_cut`, waiting connections are cut off."""
    import psycopg

    over = threading.Event()

    def cut():
        while not over.wait(0.02):
            said(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )

    with psycopg.connect(os.environ["DATABASE_URL"]) as other:
        for table in ("contact_delivery", "contact_message"):
            other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        cutting = threading.Thread(target=cut)
        if then_cut:
            cutting.start()
        yield
        over.set()
        if then_cut:
            cutting.join()
        other.rollback()


FAULTS = {
    "sqlite": {
        "another process writes": lambda: held("IMMEDIATE"),
        "another process has the whole file": lambda: held("EXCLUSIVE"),
        "the file is read-only": read_only,
        "the disk is full": full,
    },
    "postgresql": {
        "the server takes no writes": lambda: setting("default_transaction_read_only", "on"),
        "a table is locked": table_locked,
        "the connection is cut in the middle": lambda: table_locked(then_cut=True),
    },
}


class Person:
    """A sender with an open form, and a thread from before."""

    def __init__(self):
        self.client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        self.form = self.client.get("/kontakt/pasient/")["Location"]
        first = self.client.get("/kontakt/pasient/")["Location"]
        receipt = self.client.post(first, {"step": "send", "message": "hei"}).text
        self.code = " ".join(re.findall(r"<b>([\w ]{19})</b>", receipt))

    def send(self, step):
        return self.client.post(self.form, {"step": step, "message": LONG, "phone": "900 00 000"})

    def add(self):
        address = f"/kontakt/svar/?{self.form.partition('?')[2]}"
        return self.client.post(address, {"step": "add", "code": self.code, "message": LONG})


def seen(answer):
    words = LONG in answer.text
    return {"status": answer.status_code, "words": words, "phone": "tel:+4735019500" in answer.text}


def main():
    told = {}
    for name, fault in FAULTS[connection.vendor].items():
        person = Person()
        before = (Inquiry.objects.count(), Message.objects.count())
        with fault():
            started = time.monotonic()
            during = {"sending": seen(person.send("send")), "checking": seen(person.send(""))}
            during["adding"] = seen(person.add())
            during["seconds"] = round(time.monotonic() - started)
        nothing = (Inquiry.objects.count(), Message.objects.count()) == before
        again = [person.send("send").status_code, person.send("send").status_code]
        added = [person.add().status_code, person.add().status_code]
        stored = (Inquiry.objects.count() - before[0], Message.objects.count() - before[1])
        told[name] = {"during": during, "nothing": nothing, "again": again + added, "stored": stored}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
