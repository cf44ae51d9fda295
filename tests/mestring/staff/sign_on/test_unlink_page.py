"""An administrator takes the connection of a colleague with the provider away: the account there is lost."""

import time

import pytest
import time_machine
from django.contrib.auth.models import User

from contact.models import AccessEntry
from mestring.staff.models import AccountMail
from mestring.staff.reauthentication.confirmed import PATIENCE
from mestring.staff.sign_on import links
from tests.cast import logged_in
from tests.mestring.staff.sign_on.test_sign_on import SUBJECT, give_password, is_in, sign_on

pytestmark = pytest.mark.django_db


def page_of(person):
    return f"/admin/sign-on/unlink/{person.pk}/"


def form_of(person):
    return f"/admin/auth/user/{person.pk}/change/"


@pytest.fixture
def connected(editor, provider):
    links.link(editor, SUBJECT)
    AccountMail.objects.all().delete()
    return editor


def test_the_account_s_page_leads_there_and_one_press_takes_the_connection_away(
    connected, accounts_client, client
):
    assert page_of(connected) in accounts_client.get(form_of(connected)).text
    assert "Ta bort koblingen" in accounts_client.get(page_of(connected)).text
    assert links.is_linked(connected)
    shown = accounts_client.post(page_of(connected), follow=True)
    assert shown.redirect_chain == [(form_of(connected), 302)]
    assert "Astrid logger inn med passordet igjen." in shown.text
    assert page_of(connected) not in shown.text
    assert "Ikke koblet til" in shown.text
    give_password(client, connected)
    assert is_in(client)


def test_it_is_logged_with_who_and_whom_and_the_colleague_is_told(connected, accounts_client):
    for _press in range(2):  # the second one finds nothing to take away
        accounts_client.post(page_of(connected))
    logged = AccessEntry.objects.filter(action="sign_on_gone").values_list("username", "about")
    assert list(logged) == [("tove", "astrid")]
    assert list(AccountMail.objects.values_list("kind", "address")) == [("sign_on", "astrid@klinikken.no")]


def test_the_logins_that_were_opened_through_it_end(connected, provider, accounts_client, client):
    sign_on(client, provider)
    assert is_in(client)
    accounts_client.post(page_of(connected))
    assert not is_in(client)


def test_it_asks_anew_who_it_is_and_does_nothing_before(connected, accounts_client):
    with time_machine.travel(time.time() + PATIENCE, tick=False):
        assert accounts_client.get(page_of(connected))["Location"].startswith("/admin/login/again/")
        assert accounts_client.post(page_of(connected)).status_code == 403
    assert links.is_linked(connected)


def test_only_who_administers_accounts_does_it_and_none_their_own(connected, inquiry_staff, accounts, reviewer):
    for person in (inquiry_staff, connected, reviewer):
        assert logged_in(person).post(page_of(connected)).status_code == 403
    assert links.is_linked(connected)
    links.link(accounts, "another")
    client = logged_in(accounts)
    assert client.post(page_of(accounts)).status_code == 403
    assert page_of(accounts) not in client.get(form_of(accounts)).text
    assert links.is_linked(accounts)


def test_where_single_sign_on_is_off_there_is_no_such_page(connected, accounts_client, settings):
    settings.SIGN_ON_ISSUER = ""
    assert accounts_client.get(page_of(connected)).status_code == 404
    assert page_of(connected) not in accounts_client.get(form_of(connected)).text


def test_a_person_who_is_no_colleague_has_no_such_page(accounts_client, provider):
    assert accounts_client.get(page_of(User(pk=987654))).status_code == 404
