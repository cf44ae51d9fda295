"""An administrator gives a colleague an account: one form, roles in plain words, a password that is shown once."""

import unicodedata

import pytest
from django.contrib.auth.models import Group, User

from mestring import settings as configured
from mestring.roles import INQUIRY_STAFF, RIGHTS

pytestmark = pytest.mark.django_db
USERS = "/admin/auth/user/"
PASSWORD = "blå hest over myra 9"


def form_data(**more):
    return {"username": "nina", "first_name": "Nina", "password1": PASSWORD, "password2": PASSWORD} | more


def test_one_form_makes_a_colleague_who_can_log_in_and_do_what_the_role_says(administrator_client, client):
    role = Group.objects.get(name=INQUIRY_STAFF)
    answer = administrator_client.post(f"{USERS}add/", form_data(groups=[role.pk]))
    assert (answer.status_code, answer["Location"]) == (302, USERS)
    assert client.login(username="nina", password=PASSWORD)
    assert client.get("/admin/contact/inquiry/").status_code == 200
    assert client.get(USERS).status_code == 403
    assert "Innboks" in administrator_client.get(USERS).text


def test_each_role_says_what_it_is_for_and_no_right_is_given_one_by_one(administrator_client):
    page = administrator_client.get(f"{USERS}add/").text
    for role in RIGHTS:
        assert f"{role} – " in page
    ivar = User.objects.get(username="ivar")
    changing = administrator_client.get(f"{USERS}{ivar.pk}/change/").text
    assert "Innboks – leser og svarer på det folk skriver til oss" in changing
    assert "user_permissions" not in page + changing
    assert "argon2" not in changing


@pytest.mark.parametrize("path", ["add/", "password/"])
def test_a_password_that_will_not_do_is_told_in_norwegian(administrator_client, path):
    ivar = User.objects.get(username="ivar")
    address = f"{USERS}add/" if path == "add/" else f"{USERS}{ivar.pk}/password/"
    answer = administrator_client.post(address, form_data(password1="kort", password2="kort"))
    assert answer.status_code == 200
    assert "Passordet er for kort. Det må ha minst 12 tegn." in answer.text


def test_a_forgotten_password_is_replaced_and_who_leaves_is_shut_out(administrator_client, client):
    ivar = User.objects.get(username="ivar")
    new = {"password1": PASSWORD, "password2": PASSWORD}
    assert administrator_client.post(f"{USERS}{ivar.pk}/password/", new).status_code == 302
    assert client.login(username="ivar", password=PASSWORD)
    assert administrator_client.post(f"{USERS}{ivar.pk}/change/", {"username": "ivar"}).status_code == 302
    assert not client.login(username="ivar", password=PASSWORD)


def test_no_colleague_is_left_without_a_password(administrator_client):
    ivar = User.objects.get(username="ivar")
    for typed in ({}, {"usable_password": "false", "unset-password": "1"}):
        assert administrator_client.post(f"{USERS}{ivar.pk}/password/", typed).status_code == 200
        assert administrator_client.post(f"{USERS}add/", {"username": "nina"} | typed).status_code == 200
    ivar.refresh_from_db()
    assert ivar.has_usable_password()
    assert not User.objects.filter(username="nina").exists()


@pytest.mark.parametrize(("chosen", "typed"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_password_is_the_same_on_a_system_that_composes_letters_otherwise(
    editor, client, settings, chosen, typed
):
    settings.PASSWORD_HASHERS = configured.PASSWORD_HASHERS  # not those that make tests quick
    phrase = "blåbærsyltetøy på Ålesund"
    editor.set_password(unicodedata.normalize(chosen, phrase))
    editor.save()
    assert editor.password.startswith("argon2$")
    assert not client.login(username=editor.username, password="blabarsyltetoy pa Alesund")
    assert client.login(username=editor.username, password=unicodedata.normalize(typed, phrase))


@pytest.mark.parametrize("name", ["Astrid", "ÅSE"])
def test_no_account_is_given_a_name_that_differs_in_capitals_alone(administrator_client, name):
    User.objects.create_user("åse")
    ivar = User.objects.get(username="ivar")
    typed = {"username": name, "is_active": "on"}
    for address, form in ((f"{USERS}{ivar.pk}/change/", typed), (f"{USERS}add/", form_data(username=name))):
        answer = administrator_client.post(address, form)
        assert answer.status_code == 200
        assert answer.context["errors"], address
    assert administrator_client.post(f"{USERS}{ivar.pk}/change/", typed | {"username": "Ivar"}).status_code == 302
