"""What the second step is made of is changed by its owner: added, named, removed, and made anew."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contact.models import AccessEntry
from mestring.staff.reauthentication.confirmed import PATIENCE
from mestring.staff.second_factor.codes import codes_left, has_app, has_second_factor
from mestring.staff.second_factor.passkeys import LONGEST_NAME, passkeys_of
from tests.cast import PASSWORD
from tests.mestring.staff.second_factor.phone import CODES, code_of, key_on, with_app
from tests.mestring.staff.second_factor.security_key import SecurityKey, question_on
from tests.mestring.staff.second_factor.test_login import CODE, LOGIN, SET_UP, is_in
from tests.mestring.staff.second_factor.test_passkeys import browser, give_password, key  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db
ADD_APP, REMOVE_APP, ADD_KEY = "/admin/login/app/add/", "/admin/login/app/remove/", "/admin/login/passkey/add/"
NEW_CODES = "/admin/login/recovery-codes/"


def with_code(person, code):
    client = browser()
    give_password(client, person)
    client.post(CODE, {"code": code})
    return client


def page_of(passkey):
    return f"/admin/login/passkey/{passkey.pk}/"


def actions(person):
    return list(AccessEntry.objects.filter(user=person).order_by("id").values_list("action", flat=True))


def test_a_colleague_with_a_passkey_alone_adds_the_app_and_the_others_are_logged_out(editor, key):  # noqa: F811
    client, elsewhere = browser(), browser()
    for one in (client, elsewhere):
        one.post(CODE, {"passkey": key.prove(question_on(give_password(one, editor)))})
    shown = client.get(ADD_APP)
    assert client.post(ADD_APP, {"code": "000000"}).status_code == 200
    assert not has_app(editor)
    assert client.post(ADD_APP, {"code": code_of(key_on(shown))})["Location"] == SET_UP
    assert has_app(editor)
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert is_in(with_code(editor, code_of(key_on(shown), 1)))
    assert client.get(ADD_APP)["Location"] == SET_UP


def test_a_colleague_with_the_app_alone_adds_a_passkey_names_it_and_removes_the_app(editor, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    _secret, codes = with_app(editor)
    client, new = with_code(editor, codes[0]), SecurityKey()
    client.post(ADD_KEY, {"passkey": new.make(question_on(client.get(ADD_KEY))), "name": "Telefonen"})
    passkey = passkeys_of(editor)[0]
    assert "Telefonen" in client.get(SET_UP).text
    client.post(page_of(passkey), {"name": "Nøkkel\0knippet "})
    assert "Nøkkelknippet" in client.get(SET_UP).text
    client.post(REMOVE_APP)
    assert not has_app(editor)
    assert actions(editor)[-1] == "factor_gone"
    assert not is_in(with_code(editor, code_of(_secret, 1)))
    asked = give_password(browser(), editor)
    assert question_on(asked) is not None


def test_the_last_of_them_is_never_removed_in_live_mode_and_in_the_demo_with_its_recovery_codes(editor, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    _secret, codes = with_app(editor)
    client = with_code(editor, codes[0])
    refused = client.post(REMOVE_APP, follow=True)
    assert "Legg til noe annet først." in refused.text
    assert has_app(editor)
    settings.SECOND_FACTOR_REQUIRED = False
    client.post(REMOVE_APP)
    assert not has_second_factor(editor)
    assert codes_left(editor) == 0
    assert Client().post(LOGIN, {"username": "astrid", "password": PASSWORD}).status_code == 302


def test_an_open_login_alone_sets_up_no_second_step_and_after_removing_it_another_is_set_up(editor):
    client = browser()
    client.force_login(editor)
    shown = client.get(SET_UP)
    with time_machine.travel(timezone.now().timestamp() + PATIENCE, tick=False):
        assert client.get(SET_UP)["Location"].startswith("/admin/login/again/")
        assert client.post(SET_UP, {"code": code_of(key_on(shown))}).status_code == 403
    assert not has_second_factor(editor)
    for _time in range(2):
        client.post(SET_UP, {"code": code_of(key_on(client.get(SET_UP)))})
        assert has_app(editor)
        client.post(REMOVE_APP)
        assert is_in(client)
        assert not has_second_factor(editor)


def test_recovery_codes_are_made_anew_and_those_of_before_log_in_no_longer(editor):
    _secret, old = with_app(editor)
    client, elsewhere = with_code(editor, old[0]), with_code(editor, old[1])
    assert not CODES.search(client.get(NEW_CODES).text)
    shown = CODES.findall(client.post(NEW_CODES).text)
    new = [code.replace(" ", "") for code in shown]
    assert len(set(new)) == 10
    assert not set(new) & set(old)
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert not is_in(with_code(editor, old[2]))
    assert is_in(with_code(editor, new[0]))
    assert "codes_new" in actions(editor)


def test_a_passkey_without_a_name_gets_the_browser_s_and_is_removed(editor):
    _secret, codes = with_app(editor)
    client, elsewhere = with_code(editor, codes[0]), with_code(editor, codes[1])
    asked = client.get(ADD_KEY)
    client.post(
        ADD_KEY,
        {"passkey": SecurityKey().make(question_on(asked)), "name": " "},
        headers={"User-Agent": "Firefox"},
    )
    [passkey] = passkeys_of(editor)
    assert passkey.wrap().name == "Firefox"
    assert not is_in(elsewhere)
    client.post(page_of(passkey), {"name": " " + "n" * 70})
    assert passkeys_of(editor)[0].wrap().name == "n" * LONGEST_NAME
    elsewhere = with_code(editor, codes[2])
    client.post(page_of(passkey), {"remove": "1"})
    assert passkeys_of(editor) == []
    assert (is_in(client), is_in(elsewhere)) == (True, False)


def test_a_colleague_reaches_no_passkey_of_another(editor, reviewer, key):  # noqa: F811
    _secret, codes = with_app(reviewer)
    client = with_code(reviewer, codes[0])
    mine = passkeys_of(editor)[0]
    for typed in ({"remove": "1"}, {"name": "min"}):
        assert client.post(page_of(mine), typed).status_code == 404
    assert [one.wrap().name for one in passkeys_of(editor)] == [mine.wrap().name]
