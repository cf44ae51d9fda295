"""One network may send so much in an hour, and cannot be recognised afterwards."""

import json
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone

from contact.keys.first_generation import make_keyring
from contact.models import Delivery, Inquiry, ThrottleCount, ThrottleKey
from contact.sender import thread
from contact.sender.intake import receive
from contact.sender.rate_limit import RateLimited, admit, forget_earlier_days, network_of
from contact.sender.receipt import new_token, nonce_of
from tests.conftest import run
from tests.contact.conftest import CANARY, NOTHING

ADDRESS = "203.0.113.7"
# Sixteen senders in two processes; prints how many were let in.
SEND = """
import json, os, threading
import django; django.setup()
other = os.fork()
from django.db import connection
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from contact.sender.rate_limit import RateLimited
got, start = [], threading.Barrier(16)
def send():
    start.wait()
    try:
        stored = receive("patient", "nb", {"message": "hei"}, nonce_of(new_token()), network="203.0.113.7")
        got.append("apart" if stored.set_apart else "in")
    except RateLimited:
        got.append("refused")
    except Exception as error:
        got.append(repr(error))
    connection.close()
threads = [threading.Thread(target=send) for n in range(16)]
[t.start() for t in threads]; [t.join() for t in threads]
print(json.dumps(got), flush=True)
if other:
    assert os.wait()[1] == 0
"""


def send(network=ADDRESS, text="hei", nonce=None):
    return receive("patient", "nb", {"message": text}, nonce or nonce_of(new_token()), network=network)


@pytest.fixture
def three_an_hour(settings, keyring):
    """The limit, and a clock that stands still: an hour that ends between two sendings begins the count anew."""
    settings.INQUIRIES_PER_HOUR, settings.SET_APART_PER_HOUR = 3, 0
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.mark.parametrize(("proxies", "peer", "passed_on", "network"), [
    (0, ADDRESS, "", ADDRESS),
    (0, ADDRESS, "198.51.100.1", ADDRESS),  # no trusted proxy said so
    (1, "127.0.0.1", ADDRESS, ADDRESS),
    (1, "127.0.0.1", f"198.51.100.1, {ADDRESS}", ADDRESS),  # the first was written by the sender
    (2, "127.0.0.1", f"{ADDRESS}, 198.51.100.1", ADDRESS),
    (2, "127.0.0.1", ADDRESS, ""),
    (1, "127.0.0.1", "", ""),
    (0, "", "", ""),
    (0, "unix:", "", ""),
    (0, f"::ffff:{ADDRESS}", "", ADDRESS),
    (1, "127.0.0.1", f"198.51.100.1:9, {ADDRESS}:51234", ADDRESS),
    (1, "127.0.0.1", "[2001:db8:1:2::5]:443", "20010db8000100/56"),
    (1, "127.0.0.1", "[2001:db8:1:2::5]", "20010db8000100/56"),
    (1, "127.0.0.1", "unknown:51234", ""),
])  # fmt: skip
def test_the_network_is_where_the_request_came_from_and_not_what_the_sender_claims(
    rf, settings, proxies, peer, passed_on, network
):
    settings.TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": passed_on} if passed_on else {}
    assert network_of(rf.get("/", REMOTE_ADDR=peer, **headers)) == network


def test_a_household_is_one_network_whatever_address_its_phone_makes_up(rf):
    def of(address):
        return network_of(rf.get("/", REMOTE_ADDR=address))

    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9") == of("2001:db8:1:ff::1")
    assert of("2001:db8:1:2::1") != of("2001:db8:1:102::1")


def test_a_network_may_send_sixty_an_hour_unless_the_operator_sets_another_number(settings):
    assert settings.INQUIRIES_PER_HOUR == 60


def test_what_is_over_the_limit_is_refused_and_nothing_of_it_stored(three_an_hour):
    for _time in range(3):
        send()
    with pytest.raises(RateLimited):
        send()
    assert Inquiry.objects.count() == 3


def test_what_is_over_the_limit_is_set_apart_for_staff_under_one_total_for_all_networks(three_an_hour, settings):
    settings.SET_APART_PER_HOUR = 2
    assert [send().set_apart for _time in range(4)] == [False, False, False, True]
    for _time in range(3):
        send("198.51.100.1")
    nonce = nonce_of(new_token())
    first = send("198.51.100.1", nonce=nonce)
    assert first.set_apart
    assert send("198.51.100.1", nonce=nonce) == first  # a double click gets the very same page
    with pytest.raises(RateLimited):
        send()
    assert Inquiry.objects.filter(set_apart=True, quarantined=True).count() == 2
    assert Inquiry.objects.filter(set_apart=False, quarantined=False).count() == 6
    assert Delivery.objects.filter(kind=Delivery.Kind.NEW_INQUIRY).count() == 8


def test_another_network_is_not_held_responsible(three_an_hour):
    for _time in range(3):
        send()
    send("198.51.100.1")
    send("")
    assert Inquiry.objects.count() == 5


def test_a_double_click_counts_once_and_always_gets_its_receipt(three_an_hour):
    nonce = nonce_of(new_token())
    first = send(nonce=nonce)
    assert all(send(nonce=nonce) == first for _time in range(5))
    send(), send()
    assert send(nonce=nonce) == first


def test_what_is_added_with_a_code_counts_too_and_comes_back_with_429(client, receipt, settings):
    settings.INQUIRIES_PER_HOUR = 0
    with pytest.raises(RateLimited):
        thread.add_message(receipt.code, "mer", NOTHING, network=ADDRESS)
    answer = client.post(
        f"/kontakt/svar/?form={new_token()}",
        {"code": receipt.formatted_code, "step": "add", "message": CANARY}, REMOTE_ADDR=ADDRESS,
    )  # fmt: skip
    assert answer.status_code == 429
    assert CANARY in answer.text
    assert "Det er neppe din feil" in answer.text


def test_an_unknown_network_is_never_refused(settings, keyring):
    settings.INQUIRIES_PER_HOUR = 0
    assert all(admit("") for _time in range(5))


def test_the_next_hour_begins_anew(three_an_hour):
    with time_machine.travel("2026-05-17T10:30:00Z", tick=False) as clock:
        assert [admit(ADDRESS) for _time in range(4)] == [True, True, True, False]
        clock.shift(timedelta(minutes=30))
        assert admit(ADDRESS)


def test_the_hour_that_comes_twice_is_two_hours(three_an_hour):
    with time_machine.travel("2026-10-25T00:30:00Z", tick=False) as clock:
        assert [admit(ADDRESS) for _time in range(4)] == [True, True, True, False]
        clock.shift(timedelta(hours=1))
        assert admit(ADDRESS)


def test_when_the_day_is_over_its_key_and_counts_are_destroyed(three_an_hour):
    admit(ADDRESS)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        admit(ADDRESS)
        assert forget_earlier_days() == 1
        assert ThrottleKey.objects.get().day == timezone.localdate()
        assert ThrottleCount.objects.count() == 1
        assert forget_earlier_days() == 0


def test_no_row_carries_the_address_and_another_day_gives_another_digest(three_an_hour):
    admit(ADDRESS)
    first = ThrottleCount.objects.get().tag
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        admit(ADDRESS)
    tags = set(ThrottleCount.objects.values_list("tag", flat=True))
    assert first in tags
    assert len(tags) == 2
    assert not any(ADDRESS in str(row) for model in (ThrottleKey, ThrottleCount) for row in model.objects.values())


def test_what_the_database_holds_does_not_give_the_digest_of_an_address(three_an_hour, settings):
    admit(ADDRESS)
    settings.SECRET_KEY = "another site's key, with the same database"
    admit(ADDRESS)
    assert [row.count for row in ThrottleCount.objects.all()] == [1, 1]
    assert ThrottleKey.objects.count() == 1


def test_a_tunnel_cannot_send_as_256_households(three_an_hour, rf):
    homes = [network_of(rf.get("/", REMOTE_ADDR=f"2001:db8:1:{number:x}00::1")) for number in range(5)]
    for home in homes[:4]:
        assert [admit(home) for _time in range(3)] == [True] * 3
    assert not admit(homes[4])
    assert admit(network_of(rf.get("/", REMOTE_ADDR="2001:db8:2::1")))


@pytest.mark.plain  # PostgreSQL has a test of its own below
def test_of_thirty_two_at_once_exactly_as_many_as_allowed_are_let_in(keyed_site):
    keyed_site |= {"INQUIRIES_PER_HOUR": "10", "SET_APART_PER_HOUR": "7"}
    one, other = map(json.loads, run(["-c", SEND], keyed_site).splitlines())
    assert sorted(one + other) == ["apart"] * 7 + ["in"] * 10 + ["refused"] * 15


@pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a database with several writers")
@pytest.mark.django_db(transaction=True)
def test_a_database_with_many_writers_lets_in_exactly_as_many_as_allowed(settings):
    settings.INQUIRIES_PER_HOUR, settings.SET_APART_PER_HOUR = 5, 3
    make_keyring()
    start, got = threading.Barrier(12), []

    def one():
        start.wait()
        try:
            got.append("apart" if send().set_apart else "in")
        except RateLimited:
            got.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _number in range(12)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(got) == ["apart"] * 3 + ["in"] * 5 + ["refused"] * 4
