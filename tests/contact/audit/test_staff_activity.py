"""Who logs in, who tries to, and who looks through the inbox stands in the access log."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contact.models import AccessEntry
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
LIST = "/admin/contact/inquiry/"


def log():
    return list(AccessEntry.objects.order_by("id").values_list("action", "username"))


def log_in(name, password=PASSWORD):
    client = Client()
    client.post(LOGIN, {"username": name, "password": password})
    return client


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time))


def test_logging_in_and_out_at_the_login_page(cast):
    client = log_in("ivar")
    client.post("/admin/logout/")
    assert log() == [("logged_in", "ivar"), ("logged_out", "ivar")]
    assert all(entry.user_id for entry in AccessEntry.objects.all())


def test_a_wrong_password_is_logged_under_the_account_s_name(cast):
    log_in("ivar", "something-else")
    assert log() == [("login_failed", "ivar")]


@pytest.mark.parametrize("typed", [PASSWORD, "IVAR", "ola.nordmann@example.no", "a\x00b", ""])
def test_what_was_typed_as_a_name_is_logged_only_if_it_is_a_colleague_s(cast, typed):
    log_in(typed, "secret-that-is-long")
    assert not any(typed in str(row) for row in AccessEntry.objects.values_list("username", "reference") if typed)
    assert set(log()) <= {("login_failed", "")}


def test_many_failures_in_a_row_make_one_entry_a_minute_for_each_account(cast):
    for _time in range(3):
        log_in("ivar", "wrong")
        log_in("kari", "wrong")
        log_in("nobody", "wrong")
    with later(minutes=1):
        log_in("ivar", "wrong")
    assert log() == [("login_failed", name) for name in ("ivar", "kari", "", "ivar")]


def test_looking_through_the_inbox_is_one_entry_in_ten_minutes_for_each_colleague(
    inquiry_client, administrator_client
):
    for _time in range(3):
        inquiry_client.get(LIST)
        inquiry_client.get(f"{LIST}?show=open")
    administrator_client.get(LIST)
    with later(minutes=11):
        inquiry_client.get(LIST)
    assert log() == [("listed", "ivar"), ("listed", "kari"), ("listed", "ivar")]


def test_a_list_that_cannot_be_logged_is_not_shown(inquiry_client, inquiry, monkeypatch):
    def fail(*_entries, **_fields):
        raise RuntimeError

    for way in ("create", "bulk_create"):
        monkeypatch.setattr(AccessEntry.objects, way, fail)
    with pytest.raises(RuntimeError):
        inquiry_client.get(LIST)
