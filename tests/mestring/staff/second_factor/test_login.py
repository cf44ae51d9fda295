"""The second step of a login: what it asks, what it lets in, and what it brings back."""

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from contact.models import AccessEntry
from mestring.staff.second_factor.codes import has_second_factor
from mestring.staff.second_factor.waiting_login import PATIENCE
from mestring.staff.unsent.writer import FIELD, stamp
from tests.cast import PASSWORD, logged_in
from tests.contact.conftest import CANARY
from tests.mestring.staff.second_factor.phone import CODES, code_of, key_on, with_app
from tests.mestring.staff.test_unsent_forms import CASE, hidden

pytestmark = pytest.mark.django_db
LOGIN, CODE, SET_UP, GO_ON = "/admin/login/", "/admin/login/code/", "/admin/login/set-up/", "/admin/login/go-on/"


@pytest.fixture
def live(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def give_password(client, person, **more):
    return client.post(LOGIN, {"username": person.username, "password": PASSWORD} | more)


def is_in(client):
    return client.get("/admin/guide/").status_code == 200


def test_in_live_mode_the_password_alone_lets_no_colleague_in_and_the_step_is_set_up_first(client, editor, live):
    asked = give_password(client, editor, next="/admin/pages/page/")
    assert not is_in(client)
    assert "_auth_user_id" not in client.session
    wrong = client.post(SET_UP, {"code": "000000"})
    assert key_on(wrong) == key_on(asked)
    assert not has_second_factor(editor)
    shown = client.post(SET_UP, {"code": code_of(key_on(asked))})
    assert len(set(CODES.findall(shown.text))) == 10
    assert is_in(client)
    assert client.post(GO_ON, hidden(shown))["Location"] == "/admin/pages/page/"
    assert not CODES.search(client.get(SET_UP).text)
    assert "factor_added" in AccessEntry.objects.filter(user=editor).values_list("action", flat=True)


def test_a_login_takes_the_password_and_a_code_and_leads_to_where_it_was_asked(client, editor):
    secret, _codes = with_app(editor)
    give_password(client, editor, next="/admin/pages/page/")
    assert not is_in(client)
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    assert client.post(CODE, {"code": code_of(secret)})["Location"] == "/admin/pages/page/"
    assert is_in(client)


def test_a_code_and_a_recovery_code_are_taken_once(editor):
    secret, codes = with_app(editor)
    for code in (code_of(secret), codes[0]):
        first, second = Client(), Client()
        for client in (first, second):
            give_password(client, editor)
        assert first.post(CODE, {"code": code}).status_code == 302
        assert second.post(CODE, {"code": code}).status_code == 200
        assert (is_in(first), is_in(second)) == (True, False)
    assert AccessEntry.objects.filter(action="code_used", user=editor).count() == 1


def test_the_code_with_which_an_app_was_set_up_does_not_log_in(client, editor):
    with time_machine.travel(timezone.now(), tick=False):
        secret, _codes = with_app(editor)
        give_password(client, editor)
        assert client.post(CODE, {"code": code_of(secret, -1)}).status_code == 200
    assert not is_in(client)


def test_a_login_that_waits_for_its_code_does_not_get_round_it_by_setting_up_another(client, editor):
    with_app(editor)
    give_password(client, editor)
    assert client.get(SET_UP)["Location"] == CODE
    assert client.post(SET_UP, {"code": "000000"})["Location"] == CODE
    for address in (SET_UP, CODE, GO_ON):
        assert Client().post(address, {"code": "000000"}).status_code == 403


def test_waiting_ends_after_ten_minutes_and_with_a_new_password(client, editor):
    secret, _codes = with_app(editor)
    give_password(client, editor)
    with time_machine.travel(timezone.now().timestamp() + PATIENCE + 1, tick=False):
        assert client.post(CODE, {"code": code_of(secret)}).status_code == 403
    give_password(client, editor)
    editor.set_password("another-horse-9-battery")
    editor.save()
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 403
    assert not is_in(client)


def test_words_of_an_expired_login_come_back_after_both_steps_and_when_waiting_was_long(client, inquiry_staff):
    secret, _codes = with_app(inquiry_staff)
    asked = client.post(f"{CASE}reply/", {FIELD: stamp(inquiry_staff.pk), "reply-text": CANARY})
    step = give_password(client, inquiry_staff, **hidden(asked))
    assert CANARY not in step.text
    with time_machine.travel(timezone.now().timestamp() + PATIENCE + 1, tick=False):
        late = client.post(CODE, hidden(step) | {"code": code_of(secret)})
    step = give_password(client, inquiry_staff, **hidden(late))
    wrong = client.post(CODE, hidden(step) | {"code": "000000"})
    back = client.post(CODE, hidden(wrong) | {"code": code_of(secret)})
    assert hidden(back)["reply-text"] == CANARY


def test_words_of_an_expired_login_come_back_after_the_step_was_set_up(client, inquiry_staff, live):
    asked = client.post(f"{CASE}reply/", {FIELD: stamp(inquiry_staff.pk), "reply-text": CANARY})
    step = give_password(client, inquiry_staff, **hidden(asked))
    shown = client.post(SET_UP, hidden(step) | {"code": code_of(key_on(step))})
    assert hidden(client.post(GO_ON, hidden(shown)))["reply-text"] == CANARY


def test_a_login_of_one_step_counts_no_longer_in_live_mode_or_once_the_second_is_set_up(editor, settings):
    here, elsewhere = logged_in(editor), logged_in(editor)
    settings.SECOND_FACTOR_REQUIRED = True
    assert not is_in(here)
    settings.SECOND_FACTOR_REQUIRED = False
    shown = here.get(SET_UP)
    here.post(SET_UP, {"code": code_of(key_on(shown))})
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    settings.SECOND_FACTOR_REQUIRED = True
    assert is_in(here)


def test_of_allauth_no_address_and_no_section_is_open(administrator_client):
    for name in ("account_signup", "account_login", "mfa_index", "admin:mfa_authenticator_changelist"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert "Authenticator" not in administrator_client.get("/admin/").text


def test_a_browser_that_was_prepared_for_the_next_colleague_is_not_at_the_second_step_with_them(
    client, editor, reviewer, live
):
    give_password(client, reviewer)
    prepared = Client()
    prepared.cookies.update(client.cookies)
    asked = give_password(client, editor)
    assert prepared.post(SET_UP, {"code": code_of(key_on(asked))}).status_code == 403
    assert not has_second_factor(editor)


def test_a_colleague_who_is_logged_in_in_a_browser_is_not_at_the_second_step_of_the_next(
    client, editor, reviewer, live
):
    """The next one had the login page open in a tab before."""
    secret, _codes = with_app(reviewer)
    give_password(client, reviewer)
    client.post(CODE, {"code": code_of(secret)})
    prepared = Client()
    prepared.cookies.update(client.cookies)
    asked = give_password(client, editor)
    assert prepared.post(SET_UP, {"code": code_of(key_on(asked))}).status_code != 200
    assert not has_second_factor(editor)


def test_no_colleague_learns_an_app_the_key_that_another_saw_in_this_browser(client, editor, reviewer, live):
    seen = key_on(give_password(client, reviewer))
    assert key_on(give_password(client, editor)) != seen
