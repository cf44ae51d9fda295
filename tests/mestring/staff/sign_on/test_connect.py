"""Connecting the own account with one at the provider: by the colleague alone, after a second look."""

import time

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from contact.models import AccessEntry
from mestring.staff.models import AccountMail, SignOnLink
from mestring.staff.sign_on import links
from mestring.staff.sign_on.started import PATIENCE
from tests.cast import PASSWORD, logged_in
from tests.mestring.staff.second_factor.phone import code_of, with_app
from tests.mestring.staff.sign_on.test_sign_on import BACK, CODE, SUBJECT, begin, is_in, question_of, sign_on

pytestmark = pytest.mark.django_db
CONNECT, GO, AGAIN = "/admin/sign-on/connect/", "/admin/sign-on/connect/go/", "/admin/sign-on/again/"


def test_a_colleague_connects_what_was_logged_in_to_and_logs_in_with_it_from_then_on(editor, provider):
    client = logged_in(editor)
    provider.claims = {"preferred_username": "astrid\ud800@klinikk\0.example"}
    assert sign_on(client, provider, GO)["Location"] == CONNECT
    assert "astrid@klinikk.example" in client.get(CONNECT).text
    assert not links.is_linked(editor)
    client.post(CONNECT, {"connect": "1"})
    assert list(SignOnLink.objects.values_list("person", "issuer", "subject")) == [
        (editor.pk, provider.issuer, SUBJECT)
    ]
    assert AccessEntry.objects.filter(user=editor, action="sign_on_made").count() == 1
    other = Client()
    sign_on(other, provider)
    assert is_in(other)


def test_it_asks_for_a_fresh_login_at_the_provider_and_an_open_one_does_not_count(editor, provider):
    client = logged_in(editor)
    assert question_of(client.get(GO))["max_age"] == "0"
    provider.claims = {"auth_time": int(time.time()) - 3600}
    assert sign_on(client, provider, GO).status_code == 403
    client.post(CONNECT, {"connect": "1"})
    assert not links.is_linked(editor)


def test_an_address_that_another_has_made_a_colleague_open_connects_nothing(editor, provider):
    """Login CSRF against connecting: only the press of a button does, and a no forgets what was asked."""
    client = logged_in(editor)
    sign_on(client, provider, GO)
    assert not links.is_linked(editor)
    client.post(CONNECT, {"no": "1"})
    client.post(CONNECT, {"connect": "1"})
    assert not links.is_linked(editor)


def become(client, person):
    """Log another colleague in, in the same browser, with all that its session held."""
    held = {name: client.session[name] for name in ("sign_on", "sign_on_offered") if name in client.session}
    client.force_login(person)
    session = client.session
    session.update(held)
    session.save()


def test_a_thief_of_an_open_login_connects_nothing_and_what_is_connected_ends_the_other_logins(editor, provider):
    """The owner has gone from the computer: the thief's own account at the provider is not taken."""
    client, elsewhere = logged_in(editor), logged_in(editor)
    with time_machine.travel(time.time() + PATIENCE, tick=False):
        for step in (client.get(CONNECT), client.post(CONNECT, {"connect": "1"})):
            assert "/admin/login/again/" in step.text + step.get("Location", "")
    assert is_in(elsewhere)
    sign_on(client, provider, GO)
    client.post(CONNECT, {"connect": "1"})
    assert links.is_linked(editor)
    assert (is_in(client), is_in(elsewhere)) == (True, False)


def test_an_answer_and_an_offer_count_for_the_account_that_asked_alone(editor, inquiry_staff, provider):
    client = logged_in(editor)
    answer = provider.log_in(begin(client, GO))
    become(client, inquiry_staff)
    assert client.get(f"{BACK}?{answer}").status_code == 403
    client = logged_in(editor)
    sign_on(client, provider, GO)
    become(client, inquiry_staff)
    client.post(CONNECT, {"connect": "1"})
    assert not SignOnLink.objects.exists()


def test_an_offer_ends_after_ten_minutes(editor, provider):
    import time_machine

    client = logged_in(editor)
    sign_on(client, provider, GO)
    with time_machine.travel(time.time() + PATIENCE + 1, tick=False):
        client.post(CONNECT, {"connect": "1"})
    assert not links.is_linked(editor)


def test_an_account_at_the_provider_is_one_colleagues_alone(editor, inquiry_staff, provider):
    links.link(inquiry_staff, SUBJECT)
    client = logged_in(editor)
    sign_on(client, provider, GO)
    shown = client.post(CONNECT, {"connect": "1"}, follow=True)
    assert "en annen kollega" in shown.text
    assert links.person_of(SUBJECT) == inquiry_staff
    assert not links.is_linked(editor)


def test_a_colleague_takes_the_connection_away_and_the_log_says_so(editor, provider):
    links.link(editor, SUBJECT)
    client = logged_in(editor)
    client.post(CONNECT, {"take_away": "1"})
    assert not links.is_linked(editor)
    assert AccessEntry.objects.get(action="sign_on_gone").about == "astrid"


def test_the_colleague_is_told_by_mail_when_it_is_made_and_when_it_is_taken_away(editor, provider):
    editor.email = "astrid@clinic.example"
    editor.save()
    for step in (lambda: links.link(editor, SUBJECT), lambda: links.unlink(editor)):
        AccountMail.objects.all().delete()
        step()
        assert list(AccountMail.objects.values_list("kind", "address")) == [("sign_on", editor.email)]
    assert not links.unlink(editor)
    assert AccountMail.objects.count() == 1


def test_the_command_takes_it_away_and_says_when_there_is_none(editor, provider, capsys):
    links.link(editor, SUBJECT)
    call_command("unlink_sign_on", "astrid")
    assert not links.is_linked(editor)
    assert AccessEntry.objects.get(action="sign_on_gone").user is None
    with pytest.raises(CommandError):
        call_command("unlink_sign_on", "astrid")


def test_only_who_is_logged_in_connects_or_proves_anew(client, provider):
    for address in (GO, AGAIN):
        assert client.get(address)["Location"] == "/admin/login/"
    assert client.get(CONNECT)["Location"].startswith("/admin/login/")


def test_a_connected_colleague_proves_anew_at_the_provider_and_the_session_keeps_its_beginning(editor, provider):
    links.link(editor, SUBJECT)
    client, own = logged_in(editor), "/admin/password_change/"
    begun = client.session["login"]["since"]
    with time_machine.travel(time.time() + PATIENCE, tick=False):
        asked = client.get(own, follow=True)
        assert f'href="{AGAIN}?next={own}"' in asked.text
        assert "passnøkkel" in client.post("/admin/login/again/", {"next": own, "password": PASSWORD}).text
        assert client.get(own).status_code == 302
        provider.claims = {"auth_time": int(time.time()), "iat": int(time.time()), "exp": int(time.time()) + 300}
        assert sign_on(client, provider, f"{AGAIN}?next={own}")["Location"] == own
        assert client.get(own).status_code == 200
    assert client.session["login"]["since"] == begun


def test_proving_anew_with_another_colleagues_account_does_not_count(editor, inquiry_staff, provider):
    links.link(inquiry_staff, SUBJECT)
    client = logged_in(editor)
    assert sign_on(client, provider, AGAIN).status_code == 403
    assert client.session["_auth_user_id"] == str(editor.pk)


def test_the_command_ends_what_the_lost_account_at_the_provider_has_opened(editor, provider, settings):
    """Also a login that waits for its second step: it came by the connection that is gone."""
    links.link(editor, SUBJECT)
    secret, _codes = with_app(editor)
    thief, waits = Client(), Client()
    for browser in (thief, waits):
        sign_on(browser, provider)
    thief.post(CODE, {"code": code_of(secret)})
    assert is_in(thief)
    call_command("unlink_sign_on", "astrid")
    assert not is_in(thief)
    waits.post(CODE, {"code": code_of(secret, 1)})
    assert not is_in(waits)


def test_a_login_that_waits_does_not_outlast_a_connection_with_another_account(editor, provider):
    links.link(editor, SUBJECT)
    secret, _codes = with_app(editor)
    waits = Client()
    sign_on(waits, provider)
    links.link(editor, "another subject of astrid")
    waits.post(CODE, {"code": code_of(secret)})
    assert not is_in(waits)
