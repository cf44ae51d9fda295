"""Stopping an account: logged out everywhere, locked, and without anything to log in with."""

import pytest
from allauth.mfa.models import Authenticator

from contact.models import AccessEntry
from mestring.staff.incident import stopping
from mestring.staff.models import AccountMail, SignOnLink
from tests.cast import PASSWORD, logged_in

pytestmark = pytest.mark.django_db


def is_in(client):
    return client.get("/admin/").status_code == 200


def logged(person):
    entries = AccessEntry.objects.filter(about=person.username).order_by("pk")
    return list(entries.values_list("username", "action"))


@pytest.fixture
def with_all(editor):
    """An editor who logs in with a passkey and at the provider."""
    Authenticator.objects.create(user=editor, type=Authenticator.Type.WEBAUTHN, data={"credential": {}})
    SignOnLink.objects.create(person=editor, issuer="https://id.example.no", subject="7")
    return editor


def test_every_login_ends_at_once_and_the_account_can_log_in_again(editor, administrator):
    here, there = logged_in(editor), logged_in(editor)
    assert is_in(here)
    assert is_in(there)
    assert stopping.stop(editor, administrator) == []
    assert not is_in(here)
    assert not is_in(there)
    assert is_in(logged_in(editor))
    assert logged(editor) == [("kari", "logins_ended")]
    assert not AccountMail.objects.exists()


def test_a_keyholder_locks_it_too_and_it_is_logged_as_every_closing_is(editor, administrator, client):
    assert stopping.stop(editor, administrator, lock=True) == []
    client.post("/admin/login/", {"username": "astrid", "password": PASSWORD})
    assert not is_in(client)
    assert logged(editor) == [("kari", "logins_ended"), ("kari", "account_shut")]
    assert AccountMail.objects.get().kind == "closed"


def test_what_logs_in_is_taken_away_from_a_locked_account_alone(with_all, administrator):
    assert stopping.stop(with_all, administrator, take=True) == []
    with_all.refresh_from_db()
    assert not with_all.is_active
    assert not with_all.has_usable_password()
    assert not Authenticator.objects.filter(user=with_all).exists()
    assert not SignOnLink.objects.exists()
    assert [action for _by, action in logged(with_all)] == [
        "logins_ended", "account_shut", "password_off", "factor_reset", "sign_on_gone",
    ]  # fmt: skip


def test_the_last_administrator_is_logged_out_and_keeps_the_account_with_all_that_logs_in(
    accounts, administrator, editor
):
    administrator.is_superuser = False
    administrator.save()
    client = logged_in(accounts)
    (reason,) = stopping.stop(accounts, administrator, lock=True, take=True)
    assert reason.startswith("Ingen annen kollega har ansvar for kontoene.")
    assert not is_in(client)
    accounts.refresh_from_db()
    assert accounts.is_active
    assert accounts.has_usable_password()


def test_a_second_press_changes_nothing_more(with_all, administrator, accounts):
    stopping.stop(with_all, administrator, lock=True, take=True)
    assert stopping.stop(with_all, accounts, lock=True, take=True) == []
    assert AccessEntry.objects.filter(action="account_shut").count() == 1
    assert AccessEntry.objects.filter(action="password_off").count() == 1
