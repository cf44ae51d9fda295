"""Single sign-on on the pages around it: an expired login, logging out, the first page."""

import pytest
from allauth.mfa.models import Authenticator

from mestring.staff.dashboard import waiting_lines
from mestring.staff.second_factor.codes import reset_second_factor
from mestring.staff.sign_on import links
from mestring.staff.unsent.writer import FIELD, stamp
from tests.cast import PASSWORD, logged_in
from tests.contact.conftest import CANARY
from tests.mestring.staff.second_factor.phone import code_of, with_app
from tests.mestring.staff.sign_on.test_sign_on import SUBJECT, give_password, is_in, linked, sign_on  # noqa: F401
from tests.mestring.staff.test_unsent_forms import CASE, hidden

pytestmark = pytest.mark.django_db
NEW_TAB, CODE, GO_ON = "/admin/sign-on/?tab", "/admin/login/code/", "/admin/login/go-on/"
SET_UP = "/admin/login/set-up/"


def test_words_of_an_expired_login_wait_in_their_tab_while_another_signs_on(client, inquiry_staff, provider):
    """No word goes to the provider, into an address or through a redirect; the page's token is stale by then."""
    links.link(inquiry_staff, SUBJECT)
    client.handler.enforce_csrf_checks = True
    asked = client.post(f"{CASE}reply/", {FIELD: stamp(inquiry_staff.pk), "reply-text": CANARY}, headers=FROM_US)
    assert f'href="{NEW_TAB}" target="_blank"' in asked.text
    back = sign_on(client, provider, NEW_TAB)
    assert back["Location"] == "/admin/sign-on/done/"
    assert "Lukk denne fanen" in client.get(back["Location"]).text
    again = client.post(GO_ON, hidden(asked))
    assert hidden(again)["reply-text"] == CANARY
    assert CANARY not in str(provider.asked) + str(client.session.items())


FROM_US = {"Sec-Fetch-Site": "same-origin"}


def test_the_words_come_back_to_their_writer_alone_and_not_before_the_login(
    client, inquiry_staff, editor, provider
):
    links.link(editor, SUBJECT)
    asked = client.post(f"{CASE}reply/", {FIELD: stamp(inquiry_staff.pk), "reply-text": CANARY}, headers=FROM_US)
    assert CANARY not in client.post(GO_ON, hidden(asked)).text
    sign_on(client, provider, NEW_TAB)
    assert CANARY not in client.post(GO_ON, hidden(asked)).text


def test_after_logging_out_a_link_leads_to_where_the_login_at_the_provider_ends(editor, provider):
    client = logged_in(editor)
    page = client.post("/admin/logout/")
    assert "logget inn der" in page.text
    assert 'href="/admin/sign-on/out/"' in page.text
    assert client.get("/admin/sign-on/out/")["Location"] == f"{provider.issuer}/out"


def test_administrators_are_told_while_fewer_than_two_could_log_in_without_the_provider(
    administrator, editor, provider, settings
):
    def told(person):
        return "passnøkkel som er laget her" in str([line.words for line in waiting_lines(person)])

    assert told(administrator)
    assert not told(editor)
    second = type(editor).objects.create_superuser("siv", password=PASSWORD, is_active=False)
    for person in (administrator, second, editor):
        Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={})
    assert told(administrator)
    type(editor).objects.filter(pk=second.pk).update(is_active=True)
    assert not told(administrator)
    Authenticator.objects.all().delete()
    settings.SIGN_ON_ISSUER = ""
    assert not told(administrator)


def test_after_the_password_of_a_connected_colleague_a_passkey_is_taken_and_no_code(client, linked, provider):  # noqa: F811
    secret, codes = with_app(linked)
    Authenticator.objects.create(user=linked, type=Authenticator.Type.WEBAUTHN, data={})
    assert "gjelder bare en passnøkkel" in give_password(client, linked).text
    for code in (code_of(secret), codes[0]):
        assert "gjelder bare en passnøkkel" in client.post(CODE, {"code": code}).text
    assert not is_in(client)


def test_a_password_that_waits_while_the_passkey_is_taken_away_sets_up_no_other_step(client, linked, provider):  # noqa: F811
    Authenticator.objects.create(user=linked, type=Authenticator.Type.WEBAUTHN, data={})
    give_password(client, linked)
    reset_second_factor(linked)
    for answer in (client.get(SET_UP), client.post(SET_UP, {"code": "000000"})):
        assert answer["Location"] == CODE
    assert not is_in(client)


def test_a_password_that_waits_while_the_account_is_connected_takes_no_code(client, editor, provider):
    secret, _codes = with_app(editor)
    give_password(client, editor)
    links.link(editor, SUBJECT)
    client.post(CODE, {"code": code_of(secret)})
    assert not is_in(client)
