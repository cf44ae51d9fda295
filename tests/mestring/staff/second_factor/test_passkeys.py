"""Passkeys: after the password, for their owner, this site and one question."""

import json
from functools import partial

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contact.models import AccessEntry
from mestring.staff.login.session_store import SessionStore
from mestring.staff.reauthentication.confirmed import PATIENCE
from mestring.staff.second_factor.codes import codes_left, has_second_factor
from mestring.staff.second_factor.passkeys import passkeys_of
from tests.cast import PASSWORD
from tests.mestring.staff.second_factor.phone import CODES, with_app
from tests.mestring.staff.second_factor.security_key import SecurityKey, b64, challenge_of, question_on
from tests.mestring.staff.second_factor.test_login import CODE, LOGIN, SET_UP, is_in

pytestmark = pytest.mark.django_db
ADD = "/admin/login/passkey/add/"


def browser() -> Client:
    """Passkeys need https."""
    client = Client()
    client.post = partial(client.post, secure=True)
    client.get = partial(client.get, secure=True)
    return client


def give_password(client, person):
    return client.post(LOGIN, {"username": person.username, "password": PASSWORD})


@pytest.fixture
def key(editor, settings):
    """A colleague's key, made at the first login of a live site."""
    settings.SECOND_FACTOR_REQUIRED = True
    key, client = SecurityKey(), browser()
    shown = client.post(SET_UP, {"passkey": key.make(question_on(give_password(client, editor)))})
    assert len(CODES.findall(shown.text)) == 10
    assert is_in(client)
    return key


def test_a_colleague_with_a_passkey_is_in_after_password_and_passkey_and_not_after_one_of_them(editor, key):
    client = browser()
    asked = give_password(client, editor)
    assert not is_in(client)
    assert client.post(CODE, {"passkey": key.prove(question_on(asked))}).status_code == 302
    assert is_in(client)
    alone = browser()
    assert alone.post(CODE, {"passkey": key.prove(question_on(asked))}).status_code == 403
    assert alone.post(LOGIN, {"username": "astrid", "passkey": key.prove(question_on(asked))}).status_code == 200
    assert not is_in(alone)


def test_an_answer_counts_once_and_only_to_the_question_that_was_asked(editor, key):
    client = browser()
    first = question_on(give_password(client, editor))
    second = question_on(client.get(CODE))
    assert challenge_of(first) != challenge_of(second)
    assert len(challenge_of(first)) >= 16
    assert client.post(CODE, {"passkey": key.prove(first)}).status_code == 200
    assert client.post(CODE, {"passkey": key.prove(second)}).status_code == 200  # the wrong answer used it up
    assert not is_in(client)
    assert AccessEntry.objects.filter(action="login_failed", user=editor).exists()


def test_another_s_passkey_one_of_another_site_and_nonsense_let_no_one_in(editor, reviewer, key):
    other, elsewhere, client = SecurityKey(), SecurityKey("https://testserver.example"), browser()
    client.post(SET_UP, {"passkey": other.make(question_on(give_password(client, reviewer)))})
    elsewhere.private, elsewhere.id = key.private, key.id
    client = browser()
    nonsense = ("{}", "x[1", "[" * 100_000, "null", '{"response": []}', '{"id": "\\u0000"}')
    answers = (other.prove, elsewhere.prove, key.make, *(lambda _question, said=said: said for said in nonsense))
    for answer in answers:
        asked = give_password(client, editor)
        assert client.post(CODE, {"passkey": answer(question_on(asked))}).status_code == 200
        assert not is_in(client)


def test_a_passkey_is_added_only_within_ten_minutes_of_a_login_in_two_steps(editor, key):
    client, more = browser(), SecurityKey()
    client.post(CODE, {"passkey": key.prove(question_on(give_password(client, editor)))})
    question = question_on(client.get(ADD))
    with time_machine.travel(timezone.now().timestamp() + PATIENCE + 1, tick=False):
        for address in (ADD, SET_UP):
            client.post(address, {"passkey": more.make(question)})
        assert client.get(ADD).status_code == 302
    assert len(passkeys_of(editor)) == 1
    client.post(ADD, {"passkey": more.make(question_on(client.get(ADD))), "name": "Nøkkelknippet"})
    assert [one.wrap().name for one in passkeys_of(editor)] == ["", "Nøkkelknippet"]
    assert codes_left(editor) == 10


def test_a_login_that_waits_makes_no_passkey_for_an_account_that_has_a_second_step(editor):
    with_app(editor)
    client = browser()
    question = {"challenge": "AAAA"}
    give_password(client, editor)
    assert client.post(SET_UP, {"passkey": SecurityKey().make(question)})["Location"] == CODE
    assert passkeys_of(editor) == []


def test_where_browsers_make_none_no_passkey_is_offered(editor, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    for host, is_secure, works in (
        ("127.0.0.1", False, False), ("127.0.0.1", True, False), ("[::1]", True, False),
        ("testserver", False, False), ("testserver", True, True), ("localhost", False, True),
    ):  # fmt: skip
        typed = {"username": "astrid", "password": PASSWORD}
        step = Client().post(LOGIN, typed, secure=is_secure, headers={"Host": host})
        assert (question_on(step) is not None) is works, host
    assert not has_second_factor(editor)


def test_a_passkey_that_another_page_under_the_site_s_own_name_asked_for_lets_no_one_in(editor, key):
    """Browsers let `blog.example.no` ask for the passkeys of `example.no`, and say that it was the blog."""
    client = browser()
    for origin in ("https://blog.testserver", "https://testserver:8443", "http://testserver"):
        key.origin = origin
        asked = give_password(client, editor)
        assert client.post(CODE, {"passkey": key.prove(question_on(asked))}).status_code == 200
        assert not is_in(client)
    key.origin = "https://testserver"
    client.post(CODE, {"passkey": key.prove(question_on(give_password(client, editor)))})
    assert is_in(client)


def test_a_passkey_is_not_made_for_another_page_under_the_site_s_own_name(editor, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    key, client = SecurityKey(), browser()
    key.origin = "https://blog.testserver"
    client.post(SET_UP, {"passkey": key.make(question_on(give_password(client, editor)))})
    assert not has_second_factor(editor)


def cut(name, value):
    """Put something else in the place of a part of what the browser answers."""

    def changed(answer):
        said = json.loads(answer)
        said["response"][name] = b64(value)
        return json.dumps(said)

    return changed


@pytest.mark.parametrize("value", [b"", b"\x19\x00", b"\xa1", b"\x81" * 5_000, b"\xbf\xff"])
def test_what_no_browser_would_answer_makes_no_passkey_and_is_told_in_words(editor, settings, value):
    settings.SECOND_FACTOR_REQUIRED = True
    client = browser()
    asked = give_password(client, editor)
    sent = cut("attestationObject", value)(SecurityKey().make(question_on(asked)))
    assert client.post(SET_UP, {"passkey": sent}).status_code == 200
    assert not has_second_factor(editor)


def test_what_no_database_keeps_is_in_no_passkey(editor, settings):
    """PostgreSQL refuses U+0000 and halves of letters in what it keeps as JSON."""
    settings.SECOND_FACTOR_REQUIRED = True
    client, key = browser(), SecurityKey()
    for said in ("\0", "\ud800"):
        answer = json.dumps(json.loads(key.make(question_on(give_password(client, editor)))) | {"more": said})
        assert client.post(SET_UP, {"passkey": answer}).status_code == 200
    assert not has_second_factor(editor)
    answer = key.make(question_on(give_password(client, editor)))
    client.post(SET_UP, {"passkey": answer, "name": "N\0økkel\N{ZERO WIDTH SPACE}knippet "})
    assert [one.wrap().name for one in passkeys_of(editor)] == ["Nøkkelknippet"]


@pytest.mark.parametrize("name", ["authenticatorData", "signature", "clientDataJSON"])
def test_an_answer_that_was_cut_lets_no_one_in_and_is_told_in_words(editor, key, name):
    client = browser()
    asked = give_password(client, editor)
    assert client.post(CODE, {"passkey": cut(name, b"\x19")(key.prove(question_on(asked)))}).status_code == 200
    assert not is_in(client)


def test_an_answer_that_is_sent_twice_at_once_counts_once(editor, key):
    """Two processes have read the question in the session before either has stored that it is answered."""
    client, other = browser(), browser()
    asked = give_password(client, editor)
    other.cookies.update(client.cookies)
    stored = dict(client.session)
    answer = key.prove(question_on(asked))
    assert client.post(CODE, {"passkey": answer}).status_code == 302
    session = SessionStore()
    session.update(stored)
    session.save()
    other.cookies["__Host-session"] = session.session_key
    other.post(CODE, {"passkey": answer})
    assert not is_in(other)
