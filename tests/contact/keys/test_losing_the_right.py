"""A colleague who may no longer read opens nothing from then on, counts as no holder, and is to be removed."""

import pytest
from django.contrib.auth.models import Permission

from contact.cases.reading import unseal
from contact.keys import colleagues, key_holders, recovery
from contact.keys.ceremony import Ceremony, few_can_open
from contact.keys.generations import new_generation, remove_server
from contact.keys.keyring import KeyringRefused, KeysMissing, newest_key
from contact.models import Grant, NewPaper, StaffKey
from contact.unlocking import unlocking
from tests.cast import logged_in
from tests.contact.conftest import CANARY, PASSPHRASE, code_of, with_paper

pytestmark = pytest.mark.django_db
PAGE = "/admin/contact/grant/"
OTHER = "fem blå ballonger over fjorden"


@pytest.fixture(params=["role", "account", "login"])
def shut_out(request, enrolled):
    """Take from Ivar the role, the account, or the way into the admin."""

    def do():
        user = enrolled.user
        if request.param == "role":
            user.groups.clear()
        else:
            type(user).objects.filter(pk=user.pk).update(
                **{"is_active": False} if request.param == "account" else {"is_staff": False}
            )
        return type(user).objects.get(pk=user.pk)

    return do


def test_what_is_unlocked_is_locked_in_the_same_moment_and_the_passphrase_opens_nothing(
    enrolled, inquiry, printed, shut_out
):
    recovery.prove_paper(printed)
    remove_server(with_paper(printed))
    cookie = unlocking.unlock(enrolled.user, "a session", PASSPHRASE)
    assert unlocking.is_unlocked(enrolled.user, "a session", cookie)
    user = shut_out()
    assert not unlocking.is_unlocked(user, "a session", cookie)
    with pytest.raises(KeysMissing):
        unlocking.opener_for(user, "a session", cookie)(inquiry.key)
    with pytest.raises(KeysMissing):
        unlocking.unlock(user, "a session", PASSPHRASE)


def test_a_keyholder_who_may_no_longer_read_takes_no_step_with_what_is_unlocked(
    enrolled, printed, inquiry_staff, administrator
):
    client = logged_in(inquiry_staff)
    client.post("/admin/contact/inquiry/unlock/", {"passphrase": PASSPHRASE})
    inquiry_staff.groups.clear()
    inquiry_staff.user_permissions.add(Permission.objects.get(codename="change_grant"))
    waiting = colleagues.enrol(administrator, OTHER)
    answer = client.post(f"{PAGE}let-in/", code_of(waiting))
    assert answer.status_code == 422
    assert not waiting.grants.exists()


def test_they_are_not_counted_among_those_who_can_open(enrolled, printed, administrator, shut_out):
    colleagues.let_in([colleagues.enrol(administrator, OTHER)], with_paper(printed))
    assert few_can_open() is None
    shut_out()
    assert few_can_open() == 1
    assert [one.user for one in Ceremony().inside] == [administrator]
    assert [one.user for one in Ceremony().to_be_removed] == [enrolled.user]


def test_the_last_reader_is_not_removed_although_a_colleague_without_the_right_holds_a_key(
    enrolled, printed, administrator, shut_out
):
    last = colleagues.enrol(administrator, OTHER)
    colleagues.let_in([last], with_paper(printed))
    recovery.prove_paper(printed)
    remove_server(with_paper(printed))
    shut_out()
    with pytest.raises(KeyringRefused):
        colleagues.remove(last)
    colleagues.remove(enrolled)  # the other way round nothing stands in the way


def test_the_server_keeps_its_key_while_no_reader_holds_one(enrolled, printed, shut_out):
    recovery.prove_paper(printed)
    shut_out()
    with pytest.raises(KeyringRefused):
        remove_server(with_paper(printed))


def test_a_new_key_is_not_handed_to_them(enrolled, printed, shut_out):
    shut_out()
    key = new_generation(with_paper(printed))
    assert not Grant.objects.filter(key=key, staff_key=enrolled).exists()


def test_the_page_says_that_they_are_to_be_removed(enrolled, administrator_client, shut_out):
    shut_out()
    assert "skal ikke lenger lese. Ta den bort." in administrator_client.get(PAGE).text


def test_a_colleague_who_lost_the_right_after_the_page_was_shown_is_not_let_in(
    enrolled, printed, administrator, administrator_client
):
    enrolled.grants.all().delete()
    enrolled.user.groups.clear()
    answer = administrator_client.post(f"{PAGE}let-in/", code_of(enrolled) | {"typed": printed})
    assert answer.status_code == 422
    with pytest.raises(KeyringRefused):
        colleagues.let_in([enrolled], with_paper(printed))
    assert not enrolled.grants.exists()


# --- the key whose code was compared ---------------------------------------------------------------


def test_a_key_that_was_put_in_the_place_of_the_compared_one_is_not_let_in(
    keyring, printed, inquiry_staff, administrator_client
):
    waiting = colleagues.enrol(inquiry_staff, PASSPHRASE)
    read_out = code_of(waiting)
    StaffKey.objects.filter(pk=waiting.pk).update(public_key=bytes(range(32)))  # the same row, another key
    answer = administrator_client.post(f"{PAGE}let-in/", read_out | {"typed": printed})
    assert answer.status_code == 422
    assert "ikke koden til ivar" in answer.text
    changed = logged_in(inquiry_staff).post("/admin/contact/staffkey/", {"what": "code", "old": PASSPHRASE})
    assert changed.status_code == 422
    assert "ble endret" in changed.text
    with pytest.raises(KeyringRefused):  # and also when it changes after the form was read
        colleagues.let_in([waiting], with_paper(printed))
    assert not Grant.objects.filter(staff_key=waiting.pk).exists()
    assert CANARY not in answer.text


# --- the recovery paper ----------------------------------------------------------------------------


@pytest.fixture
def only_keyholder(roleless):
    """Olav, who may say who opens the inbox, and may not read what is in it."""
    roleless.user_permissions.add(Permission.objects.get(codename="change_grant"))
    return logged_in(roleless)


def test_a_keyholder_who_may_not_read_gets_no_paper_while_the_server_opens_the_inbox(only_keyholder, inquiry):
    assert key_holders.server_can_open()
    answer = only_keyholder.post(f"{PAGE}print-new-paper/")
    assert answer.status_code == 422
    assert "Du har ikke tilgang til å lese henvendelser." in answer.text
    assert "Vis et nytt ark" not in only_keyholder.get(f"{PAGE}paper/").text
    assert not NewPaper.objects.exists()


def test_nor_do_they_put_one_in_the_place_of_their_colleagues_paper(only_keyholder, inquiry, printed):
    fresh = recovery.print_new_paper(key_holders.open_with_server_grant)
    assert only_keyholder.post(f"{PAGE}replace-paper/", {"typed": fresh}).status_code == 422
    assert inquiry.key == newest_key()
    assert unseal(inquiry, with_paper(printed)(inquiry.key))["message"] == CANARY


@pytest.mark.parametrize("typed", [{"is_active": "on"}, {"keeps_role": True}])
def test_no_form_takes_role_or_account_from_the_last_who_opens_the_inbox(
    enrolled, printed, accounts_client, typed
):
    recovery.prove_paper(printed)
    user = enrolled.user
    address, role = f"/admin/auth/user/{user.pk}/change/", user.groups.get()
    form = {"username": "ivar", "email": user.email} | ({"groups": [role.pk]} if "keeps_role" in typed else typed)
    remove_server(with_paper(printed))
    answer = accounts_client.post(address, form)
    assert "Ingen annen kollega kan åpne innboksen." in answer.text
    user.refresh_from_db()
    assert (user.is_active, list(user.groups.all())) == (True, [role])
    kari = colleagues.enrol(type(user).objects.get(username="kari"), OTHER)
    colleagues.let_in([kari], with_paper(printed))
    assert accounts_client.post(address, form).status_code == 302
