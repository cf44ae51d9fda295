"""A login from a browser that the account has not been used in before is told by mail."""

import pytest
from django.test import Client

from mestring.staff.accounts.browsers import COOKIE
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


def test_what_a_browser_makes_up_is_not_believed(editor):
    client = Client()
    client.cookies[COOKIE] = f"[{editor.pk}]"
    log_in(client, "astrid")
    assert told() == [("new_browser", "astrid@klinikken.no")]
