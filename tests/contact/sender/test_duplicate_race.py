"""Sixteen senders at once against a real database file: no inquiry lost or doubled, no sender turned away."""

import json

import pytest

from tests import building
from tests.conftest import environment_of, run

pytestmark = pytest.mark.xdist_group("race")  # three share one start of Django
START = """
import os, sys
import django; django.setup()
"""
FORK = """
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


def at_once(environment, *programs, each):
    """Let two processes, forked once Django is loaded, run each program together; return what was printed.

    When both have ended, one of them does what comes after each.
    """
    races = "".join(FORK + program + JOIN + each for program in programs)
    return run(["-c", START + races], environment, timeout=120).splitlines()


ADD = """
import json, threading
from django.db import connection
from contact.sender import thread
from contact.sender.intake import receive
code = receive("patient", "nb", {"message": "hei"}, b"a thread".ljust(32)).code  # the same in both
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
# What one of the two tells when both have ended.
COUNT = """
from contact.models import AccessEntry, Delivery, Inquiry, Message
print(json.dumps([model.objects.count() for model in (Inquiry, Delivery, AccessEntry, Message)]), flush=True)
connection.close()  # no process is forked with an open one
"""


@pytest.fixture(scope="module")
def races(built_site, tmp_path_factory):
    """What sixteen got and how many rows there were after: one inquiry, different ones, one more message."""
    folder = tmp_path_factory.mktemp("races")
    building.copy(built_site, folder, "keyed")
    programs = (SEND.format(same=True), SEND.format(same=False), ADD)
    printed = at_once(environment_of(folder), *programs, each=COUNT)
    told = [json.loads(line) for line in printed]
    return [(told[place] + told[place + 1], told[place + 2]) for place in range(0, len(told), 3)]


def test_sixteen_copies_of_one_inquiry_get_one_receipt_and_make_one_row(races):
    (locators, rows), *_others = races
    assert len(locators) == 16
    assert len(set(locators)) == 1, set(locators)
    assert rows == [1, 1, 1, 0]


def test_sixteen_different_inquiries_are_all_stored(races):
    (_same, before), (locators, rows), _added = races
    assert len(set(locators)) == 16, locators
    assert rows == [number + 16 for number in before[:3]] + [0]


def test_sixteen_copies_of_one_message_of_a_sender_are_one(races):
    _same, (_locators, before), (added, rows) = races
    assert added == [None] * 16
    assert rows == [number + grown for number, grown in zip(before, [1, 2, 2, 1], strict=True)]


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
    at_once(empty_site, MAKE, each=ONE_KEYRING)
