"""What is done to an account stands in the access log, and its colleague is told by mail."""

import pytest
from django.contrib.auth.models import Group, User

from contact.models import AccessEntry, InboxKey
from mestring.roles import ACCOUNTS, EDITORS, INQUIRY_STAFF
from mestring.staff.models import AccountMail
from mestring.staff.second_factor.codes import reset_second_factor
from tests.cast import PASSWORD, logged_in
from tests.mestring.staff.second_factor.test_login import is_in

pytestmark = pytest.mark.django_db
USERS = "/admin/auth/user/"
NEW = "en gul bil ved fjorden 4"


def numbers(*names):
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def change(client, person, **typed):
    form = {"username": person.username, "email": person.email, "is_active": "on", "groups": numbers(EDITORS)}
    answer = client.post(f"{USERS}{person.pk}/change/", {k: v for k, v in (form | typed).items() if v})
    assert answer.status_code == 302, answer.context["errors"]


def logged():
    return list(AccessEntry.objects.order_by("pk").values_list("username", "action", "about"))


def told():
    return list(AccountMail.objects.order_by("pk").values_list("kind", "address"))


def test_a_new_account_its_roles_and_the_invitation_are_logged_with_who_and_whom(accounts_client):
    typed = {"username": "nina", "email": "nina@klinikken.no", "groups": numbers(EDITORS, INQUIRY_STAFF)}
    accounts_client.post(f"{USERS}add/", typed)
    assert logged() == [
        ("tove", "account_made", "nina"),
        ("tove", "role_given", "nina: Innboks"),
        ("tove", "role_given", "nina: Redaktører"),
        ("tove", "invited", "nina"),
    ]
    assert told() == [("invited", "nina@klinikken.no")]


def test_a_role_that_is_given_or_taken_is_logged_and_told(accounts_client, editor):
    change(accounts_client, editor, groups=numbers(ACCOUNTS))
    assert logged() == [("tove", "role_given", "astrid: Kontoer"), ("tove", "role_taken", "astrid: Redaktører")]
    assert told() == [("roles", "astrid@klinikken.no")]


def test_a_name_that_is_changed_is_logged_and_told(accounts_client, editor):
    """Two names could otherwise be swapped, and what one colleague does stand under the other's name."""
    person = User.objects.get(username="tove")
    change(accounts_client, editor, username="berit")
    change(accounts_client, person, username="astrid", groups=numbers(ACCOUNTS))
    assert logged() == [
        ("tove", "account_name", "astrid: berit"),
        ("tove", "account_name", "tove: astrid"),
    ]
    assert told() == [("name", "astrid@klinikken.no"), ("name", "tove@klinikken.no")]


def test_the_right_to_everything_is_taken_away_in_the_form_and_logged(accounts_client, administrator):
    assert "is_superuser" in accounts_client.get(f"{USERS}{administrator.pk}/change/").text
    change(accounts_client, administrator, groups=list(administrator.groups.values_list("pk", flat=True)))
    assert logged() == [("tove", "role_taken", "kari: Administrator")]
    change(accounts_client, administrator, is_superuser="on", groups=numbers(EDITORS))
    administrator.refresh_from_db()
    assert not administrator.is_superuser


def test_an_address_that_is_changed_is_told_to_both(accounts_client, editor):
    change(accounts_client, editor, email="ny@klinikken.no")
    assert logged() == [("tove", "email_new", "astrid")]
    assert told() == [("email", "astrid@klinikken.no"), ("email", "ny@klinikken.no")]


def test_an_account_that_is_closed_ends_its_logins_and_opening_it_is_told_too(accounts_client, editor):
    client = logged_in(editor)
    change(accounts_client, editor, is_active="")
    assert not is_in(client)
    change(accounts_client, User.objects.get(pk=editor.pk))
    assert not is_in(client)
    assert logged() == [("tove", "account_shut", "astrid"), ("tove", "account_open", "astrid")]
    assert told() == [("closed", "astrid@klinikken.no"), ("opened", "astrid@klinikken.no")]


def test_an_account_is_closed_also_while_an_intruder_s_inbox_key_stands_there(accounts_client, editor, keyring):
    InboxKey.objects.create(generation=keyring.generation + 1, public_key=bytes(32))
    change(accounts_client, editor, is_active="")
    assert logged() == [("tove", "account_shut", "astrid")]
    editor.refresh_from_db()
    assert not editor.is_active


@pytest.mark.parametrize("typed", [{"first_name": "Berit"}, {"last_name": "Berg"}])
def test_a_first_or_last_name_that_is_changed_is_told_and_logged_without_the_name(accounts_client, editor, typed):
    """Colleagues know each other by it: under another's name an account could ask for what that one would get."""
    change(accounts_client, editor, **typed)
    assert logged() == [("tove", "person_name", "astrid")]
    assert told() == [("name", "astrid@klinikken.no")]


def test_all_of_a_name_that_is_changed_at_once_is_told_in_one_mail(accounts_client, editor):
    change(accounts_client, editor, username="berit", first_name="Berit", last_name="Berg")
    assert logged() == [("tove", "account_name", "astrid: berit"), ("tove", "person_name", "berit")]
    assert told() == [("name", "astrid@klinikken.no")]


def test_what_is_saved_without_a_change_is_neither_logged_nor_told(accounts_client, editor):
    change(accounts_client, editor)
    assert (logged(), told()) == ([], [])


def test_a_password_that_one_changes_oneself_is_logged_and_told(editor):
    typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert logged_in(editor).post("/admin/password_change/", typed).status_code == 302
    assert logged() == [("astrid", "password_set", "astrid")]
    assert told() == [("password", "astrid@klinikken.no")]


def test_a_second_step_that_is_taken_away_is_told(editor, accounts):
    reset_second_factor(editor, accounts)
    assert told() == [("second_step", "astrid@klinikken.no")]


def test_an_account_that_is_deleted_is_logged(administrator_client, editor):
    User.objects.filter(pk=editor.pk).update(is_active=False)
    administrator_client.post(f"{USERS}{editor.pk}/delete/", {"post": "yes"})
    assert logged() == [("kari", "account_gone", "astrid")]


def test_accounts_that_are_deleted_together_are_logged_one_by_one_and_an_open_one_stays(
    administrator_client, editor, reviewer
):
    chosen = User.objects.filter(pk__in=[editor.pk, reviewer.pk])
    pressed = {"action": "delete_selected", "_selected_action": [editor.pk, reviewer.pk], "post": "yes"}
    chosen.filter(pk=editor.pk).update(is_active=False)
    administrator_client.post(USERS, pressed)
    assert (chosen.count(), logged()) == (2, [])
    chosen.update(is_active=False)
    administrator_client.post(USERS, pressed)
    assert not chosen.exists()
    assert sorted(logged()) == [
        ("kari", "account_gone", name) for name in sorted((editor.username, reviewer.username))
    ]


def test_no_link_goes_to_a_closed_account_at_an_administrator_s_press(administrator_client, editor):
    User.objects.filter(pk=editor.pk).update(is_active=False)
    administrator_client.post(f"{USERS}{editor.pk}/password/")
    assert (logged(), told()) == ([], [])
