"""Trying passwords is slow for an account and a network, costs no hash, and shuts no colleague out."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.test import Client
from django.utils import timezone

from contact.models import LoginTries
from mestring.staff.login import limits, throttle
from mestring.staff.login.limits import FIRST_WAIT, KNOWN
from mestring.staff.login.throttle import ACCOUNT, HERE, NETWORK
from tests import building
from tests.cast import PASSWORD, logged_in
from tests.conftest import environment_of, run

LOGIN = "/admin/login/"
# Twelve tries for one account from one network; prints how many were admitted.
AT_ONCE = """
import threading
import django; django.setup()
from django.db import connection
from mestring.staff.login import limits, throttle
admitted, start = [], threading.Barrier(12)
def take():
    start.wait()
    try:
        admitted.append(throttle._take_try("ivar", "192.0.2.7"))
    except limits.TooManyLogins:
        pass
    connection.close()
threads = [threading.Thread(target=take) for n in range(12)]
[t.start() for t in threads]; [t.join() for t in threads]
print(len(admitted))
"""
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.{}"
PHONE = "35\u00a001\u00a095\u00a000"


def log_in(name="ivar", password="wrong", network=HOME):
    return Client().post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=network)


def later(wait):
    return time_machine.travel(timezone.now() + wait, tick=False)


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were hashed."""
    hashed, hasher = [], type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *args: hashed.append(args[1]) or encode(*args))
    return hashed


@pytest.mark.django_db
def test_after_five_wrong_passwords_an_account_waits_and_the_waits_double(cast, hashed):
    assert [log_in("nobody").status_code for _try in range(HERE.free)] == [200] * HERE.free
    first = hashed[:]
    del hashed[:]
    refused = log_in("nobody")
    assert refused.status_code == 429
    assert PHONE in unescape(refused.text)
    assert (len(first), hashed) == (HERE.free, [])
    now = timezone.now()
    for wait in (timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)):
        with time_machine.travel(now + wait - timedelta(seconds=5), tick=False):
            assert log_in("nobody").status_code == 429
        now += wait
        with time_machine.travel(now, tick=False):
            assert log_in("nobody").status_code == 200


@pytest.mark.django_db
def test_no_wait_is_longer_than_an_hour_and_the_right_password_begins_anew(cast):
    for _try in range(HERE.free):
        log_in()
    LoginTries.objects.filter(tag=limits.tag_of(HERE, "ivar", HOME)).update(tries=19)
    with later(timedelta(minutes=2)):
        assert log_in().status_code == 200
    with later(timedelta(minutes=61)):
        assert log_in(password=PASSWORD).status_code == 429
    with later(timedelta(minutes=63)):
        assert log_in(password=PASSWORD).status_code == 302
        assert [log_in().status_code for _try in range(HERE.free)] == [200] * HERE.free


@pytest.mark.django_db
def test_after_a_day_without_a_try_counting_begins_anew(cast):
    assert [log_in().status_code for _try in range(HERE.free - 1)] == [200] * (HERE.free - 1)
    with later(timedelta(hours=25)):
        assert [log_in().status_code for _try in range(HERE.free)] == [200] * HERE.free


@pytest.mark.plain
@pytest.mark.django_db
def test_a_network_that_tries_many_accounts_waits_and_others_do_not(cast):
    for number in range(NETWORK.free):
        assert log_in(f"name{number}").status_code == 200
    assert log_in(password=PASSWORD).status_code == 429
    assert log_in(password=PASSWORD, network=ELSEWHERE.format(1)).status_code == 302


@pytest.mark.plain
@pytest.mark.django_db
def test_right_passwords_are_not_counted_against_a_network_that_many_share(cast):
    for _login in range(NETWORK.free + 1):
        assert log_in(password=PASSWORD).status_code == 302


@pytest.mark.plain
@pytest.mark.django_db
def test_what_colleagues_mistype_at_one_network_adds_up_to_no_wait(cast):
    for _typing_error in range(NETWORK.free + 1):
        assert log_in().status_code == 200
        assert log_in(password=PASSWORD).status_code == 302


@pytest.mark.plain
@pytest.mark.django_db
def test_names_that_are_mistyped_at_one_network_do_not_add_up_from_day_to_day(cast):
    for day in range(NETWORK.free + 1):
        with later(timedelta(hours=23) * day):
            assert log_in("ivra").status_code == 200
            assert log_in(password=PASSWORD).status_code == 302


@pytest.mark.django_db
def test_sign_ons_that_no_one_finishes_do_not_add_up_from_day_to_day():
    for day in range(throttle.SIGN_ONS.free // 2 + 1):
        with later(timedelta(hours=23) * day):
            throttle.count_sign_on(HOME)
            throttle.count_sign_on(HOME)


@pytest.mark.django_db
def test_the_form_for_one_s_own_password_has_the_brakes_of_the_login(editor, hashed):
    client = logged_in(editor)

    def change(old):
        typed = {"old_password": old, "new_password1": "short", "new_password2": "short"}
        return client.post("/admin/password_change/", typed, REMOTE_ADDR=HOME)

    del hashed[:]
    assert [change("wrong").status_code for _try in range(HERE.free)] == [200] * HERE.free
    assert len(hashed) == HERE.free
    refused = change(PASSWORD)
    assert (refused.status_code, len(hashed)) == (429, HERE.free)
    assert PHONE in unescape(refused.text)
    assert log_in(editor.username, PASSWORD).status_code == 429
    with later(timedelta(minutes=2)):
        assert change(PASSWORD).status_code == 200


@pytest.mark.plain
@pytest.mark.django_db
def test_passwords_tried_from_many_networks_slow_the_account_but_not_where_its_owner_has_logged_in(cast):
    assert log_in(password=PASSWORD).status_code == 302
    for number in range(ACCOUNT.free):
        assert log_in(network=ELSEWHERE.format(number)).status_code == 200
    assert log_in(password=PASSWORD, network=ELSEWHERE.format(200)).status_code == 429
    assert log_in(password=PASSWORD).status_code == 302
    with later(ACCOUNT.longest):
        assert log_in(password=PASSWORD, network=ELSEWHERE.format(200)).status_code == 302


@pytest.mark.plain
@pytest.mark.django_db
def test_where_its_owner_has_not_logged_in_for_a_month_is_a_network_like_others(cast):
    assert log_in(password=PASSWORD).status_code == 302
    with later(KNOWN - timedelta(days=1)):
        assert log_in().status_code == 200  # the network is remembered, and no longer known for its own sake
    with later(KNOWN + timedelta(hours=1)):
        for number in range(ACCOUNT.free):
            log_in(network=ELSEWHERE.format(number))
        assert log_in(password=PASSWORD).status_code == 429


@pytest.mark.django_db
def test_while_one_password_is_hashed_the_next_login_is_told_at_once_and_not_counted(cast, monkeypatch):
    answers, hasher = [], type(get_hasher())
    encode = hasher.encode

    def hash_slowly(*args):
        if not answers:
            answers.append(log_in(password=PASSWORD))
        return encode(*args)

    monkeypatch.setattr(hasher, "encode", hash_slowly)
    assert log_in("nobody").status_code == 200
    assert answers[0].status_code == 429
    assert "sjekkes akkurat nå" in answers[0].text
    assert 'value="ivar"' in answers[0].text
    assert sum(LoginTries.objects.values_list("tries", flat=True)) == 3  # of the first: its three counts


@pytest.mark.plain
@pytest.mark.django_db
def test_a_password_of_a_megabyte_is_wrong_without_being_hashed(cast, hashed):
    assert log_in(password="x" * 900_000).status_code == 200
    assert hashed == []
    log_in()
    assert hashed == ["wrong"]


@pytest.mark.django_db
def test_no_name_and_no_network_is_stored_and_what_is_old_goes(cast):
    log_in("a password in the wrong field")
    assert "wrong field" not in str(LoginTries.objects.values())
    assert HOME not in str(LoginTries.objects.values())
    with later(timedelta(days=30) + FIRST_WAIT):
        log_in("astrid", PASSWORD, ELSEWHERE.format(1))
        assert LoginTries.objects.count() == 3


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about a database file")
def test_twelve_tries_at_once_are_no_more_than_five_on_sqlite(built_site, tmp_path):
    building.copy(built_site, tmp_path, "empty")
    assert run(["-c", AT_ONCE], environment_of(tmp_path)).split() == [str(HERE.free)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_twelve_tries_at_once_are_no_more_than_five_on_postgresql(capsys):
    exec(AT_ONCE, {})
    assert capsys.readouterr().out.split() == [str(HERE.free)]
