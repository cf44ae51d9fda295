"""Sixteen senders at once against a real database file: no inquiry lost or doubled, no sender turned away."""

import json
from pathlib import Path

from tests import site_database
from tests.conftest import run

FORK = """
import os, sys
import django; django.setup()
other = os.fork()
"""
JOIN = """
sys.stdout.flush()
if not other:
    sys.exit()
assert os.waitpid(other, 0)[1] == 0
"""
SEND = """
import json, threading
from django.db import connection
from contact.sender.intake import receive
same, name = {same}, "a" if other else "b"
got, start = [], threading.Barrier(8)
def send(number):
    nonce = bytes(32) if same else (name + str(number)).encode().ljust(32)
    start.wait()
    try:
        got.append(receive("patient", "nb", dict(message="hei"), nonce).locator)
    except Exception as error:
        got.append(repr(error))
    connection.close()
threads = [threading.Thread(target=send, args=(n,)) for n in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
print(json.dumps(got))
"""


def at_once(environment, program, *, then=""):
    """Let two processes, forked once Django is loaded, run a program together; return what each printed.

    When both have ended, one of them does the rest.
    """
    return run(["-c", FORK + program + JOIN + then], environment, timeout=120).splitlines()


def rows(environment):
    tables = ("contact_inquiry", "contact_delivery", "contact_accessentry")
    return [count(environment, table) for table in tables]


def count(environment, table):
    [(number,)] = site_database.ask(Path(environment["DATA_DIR"]), f"SELECT count(*) FROM {table}")
    return number


def test_sixteen_copies_of_one_inquiry_get_one_receipt_and_make_one_row(keyed_site):
    printed = at_once(keyed_site, SEND.format(same=True))
    locators = [locator for text in printed for locator in json.loads(text)]
    assert len(locators) == 16
    assert len(set(locators)) == 1, set(locators)
    assert rows(keyed_site) == [1, 1, 1]


def test_sixteen_different_inquiries_are_all_stored(keyed_site):
    printed = at_once(keyed_site, SEND.format(same=False))
    locators = {locator for text in printed for locator in json.loads(text)}
    assert len(locators) == 16, locators
    assert rows(keyed_site) == [16, 16, 16]


ADD = """
import json, threading
from django.db import connection
from contact.sender import thread
from contact.sender.intake import receive
code = receive("patient", "nb", {"message": "hei"}, bytes(32)).code  # the same in both
got, start = [], threading.Barrier(8)
def add(number):
    start.wait()
    try:
        got.append(thread.add_message(code, "hei", bytes(32)))
    except Exception as error:
        got.append(repr(error))
    connection.close()
threads = [threading.Thread(target=add, args=(n,)) for n in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
print(json.dumps(got))
"""


def test_sixteen_copies_of_one_message_of_a_sender_are_one(keyed_site):
    printed = at_once(keyed_site, ADD)
    assert [one for text in printed for one in json.loads(text)] == [None] * 16
    assert count(keyed_site, "contact_message") == 1
    assert rows(keyed_site) == [1, 2, 2]


MAKE = """
import threading
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
    at_once(empty_site, MAKE, then=ONE_KEYRING)
