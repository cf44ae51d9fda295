"""An administrator gives a colleague an account: one form, roles in plain words, a link to choose a password."""

import re
import unicodedata

import pytest
from django.contrib.auth.models import Group, User

from mestring import settings as configured
from mestring.roles import INQUIRY_STAFF, RIGHTS
from mestring.staff.accounts.links import path_of_link
from tests.cast import PASSWORD as OLD_PASSWORD

pytestmark = pytest.mark.django_db
USERS = "/admin/auth/user/"
LINK = re.compile(r'class="handed-over">http://testserver([^<]+)<')
PASSWORD = "blå hest over myra 9"


def form_data(**more):
    return {"username": "nina", "first_name": "Nina", "email": "nina@klinikken.no"} | more


def chosen(password):
    return {"new_password1": password, "new_password2": password}


def test_one_form_makes_a_colleague_who_chooses_a_password_and_does_what_the_role_says(
    administrator_client, client
):
    role = Group.objects.get(name=INQUIRY_STAFF)
    answer = administrator_client.post(f"{USERS}add/", form_data(groups=[role.pk]))
    nina = User.objects.get(username="nina")
    assert (answer.status_code, answer["Location"]) == (302, f"{USERS}{nina.pk}/password/")
    link = LINK.search(administrator_client.get(answer["Location"]).text)[1]
    page = client.get(link)
    assert "nina" in client.get(page["Location"]).text
    assert client.post(page["Location"], chosen(PASSWORD))["Location"] == "/admin/login/"
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


def test_a_password_that_will_not_do_is_told_in_norwegian(editor, client):
    page = client.get(path_of_link(editor))
    answer = client.post(page["Location"], chosen("kort"))
    assert answer.status_code == 200
    assert "Passordet er for kort. Det må ha minst 12 tegn." in answer.text


def test_no_one_types_a_password_for_another_and_who_leaves_is_shut_out(administrator_client, client):
    ivar = User.objects.get(username="ivar")
    typed = {"password1": PASSWORD, "password2": PASSWORD} | chosen(PASSWORD)
    assert administrator_client.post(f"{USERS}{ivar.pk}/password/", typed).status_code == 200
    assert not client.login(username="ivar", password=PASSWORD)
    assert client.login(username="ivar", password=OLD_PASSWORD)
    leaving = {"username": "ivar", "email": ivar.email}
    assert administrator_client.post(f"{USERS}{ivar.pk}/change/", leaving).status_code == 302
    assert not client.login(username="ivar", password=OLD_PASSWORD)


def test_an_account_has_an_address_of_its_own_and_one_from_before_can_be_closed_without(administrator_client):
    ivar = User.objects.get(username="ivar")
    User.objects.filter(username="astrid").update(email="Astrid@klinikken.no")
    User.objects.filter(username="ivar").update(email="")
    for address in ("", "astrid@KLINIKKEN.no", "astrid"):
        answer = administrator_client.post(f"{USERS}add/", form_data(email=address))
        assert answer.context["errors"], address
    closing, typed = {"username": "ivar"}, {"username": "ivar", "is_active": "on", "email": "ivar@klinikken.no"}
    assert administrator_client.post(f"{USERS}{ivar.pk}/change/", closing).status_code == 302
    assert administrator_client.post(f"{USERS}{ivar.pk}/change/", typed).status_code == 302
    assert administrator_client.post(f"{USERS}{ivar.pk}/change/", typed | {"email": ""}).status_code == 200
    ivar.refresh_from_db()
    assert ivar.email == "ivar@klinikken.no"


def test_the_first_page_says_which_accounts_have_no_address(accounts_client, inquiry_client):
    User.objects.update(email="")
    assert "Kontoen din har ingen e-postadresse." in inquiry_client.get("/admin/").text
    assert "6 kontoer har ingen e-postadresse." in accounts_client.get("/admin/").text
    User.objects.update(email="en@klinikken.no")
    for client in (accounts_client, inquiry_client):
        assert "ingen e-postadresse" not in client.get("/admin/").text


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
    typed = {"username": name, "is_active": "on", "email": ivar.email}
    for address, form in ((f"{USERS}{ivar.pk}/change/", typed), (f"{USERS}add/", form_data(username=name))):
        answer = administrator_client.post(address, form)
        assert answer.status_code == 200
        assert answer.context["errors"], address
    assert administrator_client.post(f"{USERS}{ivar.pk}/change/", typed | {"username": "Ivar"}).status_code == 302
