"""A login from a browser that the account has not been used in before is told by mail."""

import pytest
import time_machine
from django.core import signing
from django.test import Client

from mestring.staff.accounts.browsers import COOKIE, MOST, SALT
from mestring.staff.models import AccountMail
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def log_in(client, name):
    client.post("/admin/login/", {"username": name, "password": PASSWORD})
    assert client.get("/admin/").status_code == 200
    client.post("/admin/logout/")


def told():
    return list(AccountMail.objects.order_by("pk").values_list("kind", "address"))


def test_the_first_login_from_a_browser_is_told_and_the_next_is_not(cast):
    shared, other = Client(), Client()
    for client, name in (
        (shared, "astrid"),
        (shared, "ivar"),
        (shared, "astrid"),
        (shared, "ivar"),
        (other, "astrid"),
    ):
        log_in(client, name)
    assert told() == [
        ("new_browser", "astrid@klinikken.no"),
        ("new_browser", "ivar@klinikken.no"),
        ("new_browser", "astrid@klinikken.no"),
    ]
    cookie = shared.cookies[COOKIE]
    assert (cookie["path"], cookie["secure"], cookie["httponly"]) == ("/admin/", True, True)


def test_a_browser_is_known_for_a_year_and_to_twenty_colleagues(editor, reviewer):
    shared = Client()
    with time_machine.travel("2026-01-01T08:00:00Z", tick=False):
        log_in(shared, "astrid")
        kept = shared.cookies[COOKIE].value
    with time_machine.travel("2027-01-01T08:00:01Z", tick=False):
        shared.cookies[COOKIE] = kept
        log_in(shared, "astrid")
    assert told() == [("new_browser", "astrid@klinikken.no")] * 2
    shared.cookies[COOKIE] = signing.dumps([editor.pk, *range(10_001, 10_001 + MOST - 1)], salt=SALT)
    log_in(shared, reviewer.username)
    assert len(signing.loads(shared.cookies[COOKIE].value, salt=SALT)) == MOST


def test_what_a_browser_makes_up_is_not_believed(editor):
    client = Client()
    client.cookies[COOKIE] = f"[{editor.pk}]"
    log_in(client, "astrid")
    assert told() == [("new_browser", "astrid@klinikken.no")]
