"""A link lets its colleague choose a password: once, for a while, and no longer than the account is the same."""

import logging
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.http import urlsafe_base64_decode

from contact.models import AccessEntry
from mestring.logs.formats import ContentFreeFormatter
from mestring.roles import ACCOUNTS
from mestring.staff.accounts import choose_page
from mestring.staff.accounts.invitations import send_link
from mestring.staff.accounts.links import path_of_link
from mestring.staff.accounts.mails import send_due
from mestring.staff.login.throttle import link_try
from mestring.staff.models import AccountMail
from mestring.staff.second_factor.codes import has_second_factor
from tests.cast import PASSWORD, logged_in
from tests.mestring.staff.login.test_throttle import later
from tests.mestring.staff.second_factor.phone import with_app
from tests.mestring.staff.second_factor.test_login import is_in

pytestmark = pytest.mark.django_db
NEW = "en gul bil ved fjorden 4"
TYPED = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def invited(cast):
    person = User(username="nina", email="nina@klinikken.no", is_staff=True)
    person.set_unusable_password()
    person.save()
    return person


def choose(client, link):
    """Follow the link and choose; return the status of the last answer."""
    page = client.get(link)
    return client.post(page["Location"], TYPED).status_code if page.status_code == 302 else page.status_code


def another(link):
    """Return a link with another token."""
    return link[:-2] + ("a/" if link[-2] != "a" else "b/")


def can_log_in(client, person, password=NEW):
    return client.login(username=person.username, password=password)


def test_an_invitation_holds_for_seven_days_and_once(client, invited):
    link = path_of_link(invited)
    with later(timedelta(days=7, seconds=5)):
        assert choose(client, link) == 410
    with later(timedelta(days=6, hours=23)):
        assert choose(client, link) == 302
        assert choose(client, link) == 410
    assert can_log_in(client, invited)


def test_a_link_for_a_forgotten_password_holds_for_an_hour_and_until_the_next_login(client, editor):
    link = path_of_link(editor)
    with later(timedelta(hours=1, seconds=5)):
        assert choose(client, link) == 410
    client.post("/admin/login/", {"username": "astrid", "password": PASSWORD})
    assert choose(client, link) == 410
    editor.refresh_from_db()
    assert choose(client, path_of_link(editor)) == 302


def test_the_hour_is_as_long_when_the_clocks_go_back(client, editor):
    with time_machine.travel("2026-10-25T00:30:00Z", tick=False):
        link = path_of_link(editor)
    with time_machine.travel("2026-10-25T01:30:05Z", tick=False):
        assert choose(client, link) == 410


def test_a_colleague_who_is_logged_in_there_is_led_to_the_login_with_the_new_password(editor):
    client = logged_in(editor)
    assert client.post(client.get(path_of_link(editor))["Location"], TYPED)["Location"] == "/admin/login/"
    assert "Passordet er valgt." in client.get("/admin/login/").text
    assert not is_in(client)


def test_what_is_chosen_ends_every_login_and_the_second_step_stays(client, editor):
    with_app(editor)
    elsewhere = logged_in(editor)
    assert choose(client, path_of_link(editor)) == 302
    assert not is_in(elsewhere)
    assert has_second_factor(editor)
    answer = client.post("/admin/login/", {"username": "astrid", "password": NEW})
    assert 'name="code"' in answer.text
    assert not is_in(client)
    assert ("astrid", "password_set") in AccessEntry.objects.values_list("username", "action")


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"email": "ny@klinikken.no"}])
def test_a_link_ends_when_the_account_is_another(client, invited, change):
    link = path_of_link(invited)
    User.objects.filter(pk=invited.pk).update(**change)
    assert choose(client, link) == 410


def test_the_form_of_a_link_that_was_used_elsewhere_meanwhile_changes_nothing(client, editor):
    page = client.get(path_of_link(editor))
    editor.set_password(PASSWORD + "x")
    editor.save()
    assert client.post(page["Location"], TYPED).status_code == 410
    assert not can_log_in(client, editor)


def test_tries_of_links_are_counted_and_the_right_one_works_again_later(client, editor):
    link = path_of_link(editor)
    answers = [client.get(another(link)).status_code for _try in range(12)]
    assert answers == [410] * 10 + [429] * 2
    assert client.get(link).status_code == 429
    with later(timedelta(minutes=2)):
        assert choose(client, link) == 302


def test_an_account_s_number_in_another_spelling_gives_no_tries_more(client, editor):
    *before, number, token, end = path_of_link(editor).split("/")
    others = [number[:-1] + chr(ord(number[-1]) + more) for more in range(4)]  # bits that reading drops
    links = ["/".join([*before, other, token[:-1] + "-", end]) for other in others]
    assert {urlsafe_base64_decode(other) for other in others} == {str(editor.pk).encode()}
    assert [client.get(links[n % 4]).status_code for n in range(11)] == [410] * 10 + [429]


def test_no_log_line_carries_a_token_whether_it_is_wrong_or_was_not_looked_at(client, editor, caplog):
    link = path_of_link(editor)
    for _try in range(10):
        client.get(another(link))
    with caplog.at_level(logging.DEBUG):
        assert client.get(link).status_code == 429
    lines = [ContentFreeFormatter("%(name)s %(message)s").format(record) for record in caplog.records]
    assert any("/login/choose/" in line and "/…" in line for line in lines)
    assert not any(link.split("/")[-2] in line for line in lines)


def test_the_mail_of_an_invitation_carries_a_link_that_works_and_the_token_is_in_no_table(
    client, invited, accounts, mailoutbox, settings
):
    send_link(invited, accounts)
    [waits] = AccountMail.objects.values()
    assert waits.keys() == {"id", "kind", "person_id", "address", "made_at", "not_before", "attempts"}
    assert (waits["kind"], waits["address"]) == ("invited", "nina@klinikken.no")
    send_due()
    [mail] = mailoutbox
    assert mail.to == ["nina@klinikken.no"]
    [address] = [word for word in mail.body.split() if word.startswith(settings.SITE_ADDRESS)]
    assert "nina" in mail.body
    assert choose(client, address.removeprefix(settings.SITE_ADDRESS)) == 302


def test_outside_the_demo_no_administrator_sees_a_link(accounts_client, invited, settings):
    address = f"/admin/auth/user/{invited.pk}/password/"
    assert "/admin/login/choose/" in accounts_client.get(address).text
    settings.MODE = "live"
    assert "/admin/login/choose/" not in accounts_client.get(address).text
    assert accounts_client.post(address)["Location"] == address


def test_the_page_about_the_link_is_called_an_invitation_until_a_password_is_chosen(accounts_client, invited):
    address = f"/admin/auth/user/{invited.pk}/password/"
    assert "<title>Invitasjonen til nina |" in accounts_client.get(address).text
    invited.set_password(PASSWORD)
    invited.save()
    assert "<title>Passordet til nina |" in accounts_client.get(address).text


def test_the_first_administrator_is_invited_by_a_command(client, db):
    printed = StringIO()
    call_command("invite_administrator", "ada", "ada@klinikken.no", stdout=printed)
    link = "/admin/" + printed.getvalue().strip().partition("/admin/")[2]
    assert choose(client, link) == 302
    ada = User.objects.get(username="ada")
    assert (list(ada.groups.values_list("name", flat=True)), ada.is_superuser) == ([ACCOUNTS], False)
    assert ("", "account_made", "ada") in AccessEntry.objects.values_list("username", "action", "about")
    with pytest.raises(CommandError):
        call_command("invite_administrator", "ada", "en.annen@klinikken.no")


def test_a_token_lies_in_no_session_in_the_clear_while_its_colleague_chooses(client, invited):
    link = path_of_link(invited)
    page = client.get(link)
    assert link.split("/")[-2] not in str(client.session.items())
    assert client.get(page["Location"]).status_code == 200


def test_a_browser_that_was_prepared_for_a_colleague_does_not_choose_in_their_place(client, invited):
    client.get("/admin/login/")
    client.post("/admin/login/", {"username": "olav", "password": PASSWORD})
    prepared = Client()
    prepared.cookies.update(client.cookies)
    place = client.get(path_of_link(invited))["Location"]
    assert prepared.get(place).status_code == 410
    assert client.get(place).status_code == 200


def test_a_link_that_was_opened_opens_no_other_account(client, invited, editor):
    theirs, own = path_of_link(editor), client.get(path_of_link(invited))["Location"]
    assert client.get("/".join([*theirs.split("/")[:-2], own.split("/")[-2], ""])).status_code == 410
    assert client.get(own).status_code == 200


def test_who_comes_second_to_a_link_reads_that_it_was_used(client, invited, monkeypatch):
    """The first one's password is stored between the look at the link and what follows it."""
    place = client.get(path_of_link(invited))["Location"]

    @contextmanager
    def beaten(*tried):
        with link_try(*tried):
            yield
        first = User.objects.get(pk=invited.pk)
        first.set_password(PASSWORD)
        first.save()

    monkeypatch.setattr(choose_page, "link_try", beaten)
    answer = client.post(place, TYPED)
    assert answer.status_code == 410
    assert "Lenken er brukt" in answer.text
    assert can_log_in(client, invited, PASSWORD)
