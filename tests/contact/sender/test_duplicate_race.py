"""Sixteen senders at once against a real database file: no inquiry lost or doubled, no sender turned away."""

import json
import subprocess
import sys
from pathlib import Path

from tests import site_database
from tests.conftest import ROOT, run

SEND = """
import json, sys, threading
import django; django.setup()
from django.db import connection
from contact.sender.intake import receive
same, name = sys.argv[1] == "same", sys.argv[2]
got, start = [], threading.Barrier(8)
def send(number):
    nonce = bytes(32) if same else (name + str(number)).encode().ljust(32)
    start.wait()
    try:
        got.append(receive("patient", "nb", {"message": "hei"}, nonce).locator)
    except Exception as error:
        got.append(repr(error))
    connection.close()
threads = [threading.Thread(target=send, args=(n,)) for n in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
print(json.dumps(got))
"""


def at_once(environment, *commands):
    """Start several processes together and return what each printed."""
    running = [
        subprocess.Popen([sys.executable, *c], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for c in commands
    ]
    printed = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    return printed


def rows(environment):
    tables = ("contact_inquiry", "contact_delivery", "contact_accessentry")
    return [count(environment, table) for table in tables]


def count(environment, table):
    [(number,)] = site_database.ask(Path(environment["DATA_DIR"]), f"SELECT count(*) FROM {table}")
    return number


def test_sixteen_copies_of_one_inquiry_get_one_receipt_and_make_one_row(keyed_site):
    printed = at_once(keyed_site, ["-c", SEND, "same", "a"], ["-c", SEND, "same", "b"])
    locators = [locator for text in printed for locator in json.loads(text)]
    assert len(locators) == 16
    assert len(set(locators)) == 1, set(locators)
    assert rows(keyed_site) == [1, 1, 1]


def test_sixteen_different_inquiries_are_all_stored(keyed_site):
    printed = at_once(keyed_site, ["-c", SEND, "different", "a"], ["-c", SEND, "different", "b"])
    locators = {locator for text in printed for locator in json.loads(text)}
    assert len(locators) == 16, locators
    assert rows(keyed_site) == [16, 16, 16]


ADD = """
import json, sys, threading
import django; django.setup()
from django.db import connection
from contact.sender import thread
got, start = [], threading.Barrier(8)
def add(number):
    start.wait()
    try:
        got.append(thread.add_message(bytes.fromhex(sys.argv[1]), "hei", bytes(32)))
    except Exception as error:
        got.append(repr(error))
    connection.close()
threads = [threading.Thread(target=add, args=(n,)) for n in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
print(json.dumps(got))
"""
RECEIVE = """
import django; django.setup()
from contact.sender.intake import receive
print(receive("patient", "nb", {"message": "hei"}, bytes(32)).code.hex())
"""


def test_sixteen_copies_of_one_message_of_a_sender_are_one(keyed_site):
    code = run(["-c", RECEIVE], keyed_site).strip()
    printed = at_once(keyed_site, ["-c", ADD, code], ["-c", ADD, code])
    assert [one for text in printed for one in json.loads(text)] == [None] * 16
    assert count(keyed_site, "contact_message") == 1
    assert rows(keyed_site) == [1, 2, 2]


MAKE = """
import threading
import django; django.setup()
from django.db import connection
from contact.keys.first_generation import make_keyring
got, start = [], threading.Barrier(8)
def make():
    connection.ensure_connection()
    start.wait()
    try:
        got.append(make_keyring().pk)
    except BaseException as error:
        got.append(error)
    connection.close()
threads = [threading.Thread(target=make) for _ in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
assert got == [got[0]] * 8, got
"""
ONE_KEYRING = """
import django; django.setup()
from contact.keys.key_holders import open_with_recovery, open_with_server_grant, paper_file
from contact.keys.keyring import is_pinned
from contact.models import Grant, InboxKey
key = InboxKey.objects.get()
assert is_pinned(key)
one, other = open_with_server_grant(key), open_with_recovery(key, paper_file().read_text())
assert one.private_bytes_raw() == other.private_bytes_raw()
assert Grant.objects.count() == 2
"""


def test_sixteen_that_set_up_at_once_make_one_keyring(empty_site):
    at_once(empty_site, ["-c", MAKE], ["-c", MAKE])
    run(["-c", ONE_KEYRING], empty_site)
