"""A login at the clinic's provider: whom it lets in, what it asks, and which answers count."""

import time
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone

from contact.models import AccessEntry
from mestring.staff.login.session_store import SessionStore
from mestring.staff.sign_on import links
from mestring.staff.sign_on.started import PATIENCE, take_started
from tests.cast import logged_in
from tests.mestring.staff.second_factor.phone import code_of, with_app
from tests.mestring.staff.sign_on.small_provider import a_key, base64url

pytestmark = pytest.mark.django_db
START, BACK, CODE = "/admin/sign-on/", "/admin/sign-on/back/", "/admin/login/code/"
SUBJECT = "subject-of-astrid"


def is_in(client):
    return client.get("/admin/guide/").status_code == 200


def question_of(response):
    return dict(parse_qsl(urlsplit(response["Location"]).query))


def begin(client, address=START):
    response = client.get(address)
    assert response.status_code == 302, response.text
    return response["Location"]


def sign_on(client, provider, address=START):
    """Go to the provider and come back."""
    return client.get(f"{BACK}?{provider.log_in(begin(client, address))}")


@pytest.fixture
def linked(editor, provider):
    links.link(editor, SUBJECT)
    return editor


def test_the_question_is_asked_by_get_with_state_nonce_and_a_challenge_that_are_new_each_time(client, provider):
    first, second = (question_of(client.get(START)) for _time in range(2))
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == "http://testserver/admin/sign-on/back/"
    assert not {first[name] for name in ("state", "nonce", "code_challenge")} & set(second.values())
    assert client.post(START).status_code == 405


def test_a_connected_colleague_is_let_in_and_led_to_where_the_login_was_asked(client, linked, provider):
    response = sign_on(client, provider, f"{START}?next=/admin/pages/page/")
    assert response["Location"] == "/admin/pages/page/"
    assert client.session["_auth_user_id"] == str(linked.pk)
    assert AccessEntry.objects.filter(user=linked, action="logged_in").exists()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/", "javascript:alert(1)"])
def test_it_leads_nowhere_but_into_the_admin(client, linked, provider, elsewhere):
    assert sign_on(client, provider, f"{START}?next={elsewhere}")["Location"] == "/admin/"


def test_an_account_that_is_not_connected_lets_no_one_in_whatever_address_or_name_it_bears(
    client, editor, provider
):
    editor.email = "astrid@klinikk.example"
    editor.save()
    provider.claims = {"email": editor.email, "email_verified": True, "preferred_username": editor.username}
    assert sign_on(client, provider).status_code == 403
    assert not is_in(client)
    assert type(editor).objects.filter(username="astrid").count() == 1


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_a_colleague_who_has_left_is_not_let_in(client, linked, provider, field):
    setattr(linked, field, False)
    linked.save()
    assert sign_on(client, provider).status_code == 403
    assert "_auth_user_id" not in client.session


def test_a_connection_with_another_issuer_does_not_count(client, linked, provider):
    links.SignOnLink.objects.update(issuer="https://earlier.example")
    assert sign_on(client, provider).status_code == 403
    assert not is_in(client)


LIES = {
    "another audience": {"aud": "another-service"},
    "one audience of two": {"aud": ["the-site", "another-service"]},
    "made for one beside us": {"azp": "another-service"},
    "another issuer": {"iss": "https://evil.example"},
    "too old": {"exp": int(time.time()) - 3600},
    "without an end": {"exp": None},
    "another nonce": {"nonce": "of-another-login"},
    "without a nonce": {"nonce": None},
    "a nonce that is no text": {"nonce": "\ud800"},
    "without a subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "from the future": {"iat": int(time.time()) + 3600},
    "an end that is no time": {"exp": float("inf")},
    "a login that is no time": {"auth_time": 10**400},
    "a subject that no database keeps": {"sub": "subject-of-astrid\0"},
    "a subject that is no text": {"sub": "\ud800"},
    "a subject that looks like another": {"sub": "subject-of-\N{CYRILLIC SMALL LETTER A}strid"},
}


@pytest.mark.parametrize("lie", LIES)
def test_each_claim_of_the_token_is_checked(client, linked, provider, lie):
    provider.claims = LIES[lie]
    assert sign_on(client, provider).status_code == 403
    assert not is_in(client)


def forged(provider):
    provider.signs_with = a_key()


def unsigned(provider):
    provider.algorithm = "none"


def signed_with_the_public_key(provider):
    """A signature with a shared secret that is no secret: the key that the provider publishes."""
    provider.algorithm = "HS256"


def of_an_unknown_key(provider):
    provider.header = {"kid": "unknown"}


def with_a_header_without_an_end(provider):
    provider.whole_token = f"{base64url(b'[' * 100_000)}.e30.e30"


def with_its_own_key(provider):
    key = a_key()
    provider.signs_with = key
    provider.header = {"jwk": {"kty": "EC"}, "jku": "https://evil.example/keys", "kid": "k1"}


@pytest.mark.parametrize(
    "how",
    [
        forged,
        unsigned,
        signed_with_the_public_key,
        of_an_unknown_key,
        with_its_own_key,
        with_a_header_without_an_end,
    ],
)
def test_a_token_that_the_provider_did_not_sign_lets_no_one_in(client, linked, provider, how):
    how(provider)
    assert sign_on(client, provider).status_code == 403
    assert not is_in(client)


def test_a_new_key_of_the_provider_is_learnt_and_not_asked_for_again_and_again(linked, provider):
    sign_on(Client(), provider)
    provider.key, provider.kid = a_key(), "k2"
    with time_machine.travel(time.time()):
        assert sign_on(Client(), provider).status_code == 403  # asked for a moment ago
    from mestring.staff.sign_on import provider as remembered

    remembered._memory.keys_at -= remembered.PAUSE
    client = Client()
    sign_on(client, provider)
    assert is_in(client)
    assert sum(path.endswith("/keys") for path in provider.asked) == 2


# --- attacks on the way there and back ----------------------------------------------------------------
def test_an_answer_counts_in_the_browser_that_asked_and_in_no_other(client, linked, provider):
    """Login CSRF: the attacker sends the victim's browser the attacker's own answer."""
    answer = provider.log_in(begin(Client()))
    assert client.get(f"{BACK}?{answer}").status_code == 403
    begin(client)  # the victim has begun a login too
    assert client.get(f"{BACK}?{answer}").status_code == 403
    assert not is_in(client)


def test_a_code_of_another_login_is_worth_nothing_even_with_the_right_state(client, linked, provider):
    """The attacker has got hold of a code and sends it in a login of their own: the challenge does not fit."""
    stolen = dict(parse_qsl(provider.log_in(begin(Client()))))["code"]
    state = question_of(client.get(START))["state"]
    assert client.get(BACK, {"code": stolen, "state": state}).status_code == 403
    assert not is_in(client)


def test_an_answer_is_taken_once(client, linked, provider):
    answer = provider.log_in(begin(client))
    assert client.get(f"{BACK}?{answer}").status_code == 302
    asked = len(provider.asked)
    assert client.get(f"{BACK}?{answer}").status_code == 403
    assert len(provider.asked) == asked


def test_of_two_processes_that_read_the_session_at_once_one_takes_the_answer(client, linked, provider):
    """As with a double click: both have read what waits before either has stored that it is taken."""
    state = question_of(client.get(START))["state"]
    requests = [RequestFactory().get(BACK) for _process in range(2)]
    for request in requests:
        request.session, request.user = SessionStore(client.cookies["__Host-session"].value), AnonymousUser()
        assert request.session["sign_on"]
    assert [bool(take_started(request, state)) for request in requests] == [True, False]


def test_a_state_that_was_fixed_in_a_session_before_leads_to_a_session_of_another_key(client, linked, provider):
    """The attacker plants a session in which the login has begun, and waits for the victim to end it."""
    begin(client)
    planted = client.cookies["__Host-session"].value
    client.get(f"{BACK}?{provider.log_in(begin(client))}")
    assert is_in(client)
    attacker = Client()
    attacker.cookies["__Host-session"] = planted
    assert not is_in(attacker)


def test_an_answer_that_names_another_provider_is_refused_before_its_code_is_sent(client, linked, provider):
    """Mix-up: another provider's answer, so that its code, or ours, goes to the wrong one."""
    answer = provider.log_in(begin(client))
    assert client.get(f"{BACK}?{answer}&iss=https://evil.example").status_code == 403
    assert not any(path.endswith("/token") for path in provider.asked)


def test_a_provider_that_promises_to_name_itself_must(client, linked, provider):
    provider.description = {"authorization_response_iss_parameter_supported": True}
    assert sign_on(client, provider).status_code == 403
    answer = provider.log_in(begin(client))
    assert client.get(f"{BACK}?{answer}&iss={provider.issuer}").status_code == 302


def test_an_answer_that_comes_after_ten_minutes_does_not_count(client, linked, provider):
    answer = provider.log_in(begin(client))
    with time_machine.travel(timezone.now().timestamp() + PATIENCE + 1, tick=False):
        assert client.get(f"{BACK}?{answer}").status_code == 403


def test_what_the_provider_or_an_address_says_of_a_fault_is_not_shown(client, linked, provider):
    state = question_of(client.get(START))["state"]
    shown = client.get(BACK, {"error": "access_denied", "error_description": "Ring 90 00 00 00", "state": state})
    assert shown.status_code == 403
    assert "90 00" not in shown.text
    assert "denied" not in shown.text


# --- two steps -----------------------------------------------------------------------------------------
def test_without_two_steps_at_the_provider_our_own_second_step_is_asked_for(client, linked, provider, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    secret, _codes = with_app(linked)
    assert "max_age" not in question_of(client.get(START))  # an open login there is enough: our step is fresh
    provider.claims = {"amr": ["mfa"], "acr": "phr"}  # no setting names them
    assert sign_on(client, provider, f"{START}?next=/admin/pages/page/")["Location"] == CODE
    assert not is_in(client)
    assert client.post(CODE, {"code": code_of(secret)})["Location"] == "/admin/pages/page/"
    assert is_in(client)


def test_who_has_no_second_step_sets_it_up_after_the_first_sign_on(client, linked, provider, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert sign_on(client, provider)["Location"] == "/admin/login/set-up/"
    assert not is_in(client)


@pytest.mark.parametrize(
    ("setting", "claims", "lets_in"),
    [
        ("amr=mfa", {"amr": ["pwd", "mfa"]}, True),
        ("amr=mfa", {"amr": ["pwd"]}, False),
        ("amr=mfa", {"amr": "nomfa"}, False),
        ("amr=mfa", {"acr": "mfa"}, False),
        ("amr=mfa", {}, False),
        ("acr=phr", {"acr": "phr"}, True),
        ("acr=phr", {"acr": "0"}, False),
        ("acrs=c1", {"acrs": ["c1"]}, True),
        ("acrs=c1", {"acrs": ["c2"]}, False),
    ],
)
def test_two_steps_at_the_provider_count_when_its_token_says_so(
    client, linked, provider, settings, setting, claims, lets_in
):
    settings.SECOND_FACTOR_REQUIRED, settings.SIGN_ON_TWO_STEPS = True, setting
    provider.claims = claims
    sign_on(client, provider)
    assert is_in(client) is lets_in


def test_where_no_second_step_of_ours_follows_an_open_login_at_the_provider_is_not_enough(
    client, linked, provider, settings
):
    settings.SIGN_ON_TWO_STEPS = "amr=mfa"
    provider.claims = {"amr": ["mfa"], "auth_time": int(time.time()) - 3600}
    question = question_of(client.get(START))
    assert (question["max_age"], question["prompt"]) == ("0", "login")
    assert sign_on(client, provider).status_code == 403
    provider.claims["auth_time"] = None
    assert sign_on(client, provider).status_code == 403
    assert not is_in(client)


# --- beside the password -------------------------------------------------------------------------------
def give_password(client, person):
    from tests.cast import PASSWORD

    return client.post("/admin/login/", {"username": person.username, "password": PASSWORD})


def test_a_connected_colleague_without_a_passkey_does_not_get_in_with_the_password(client, linked, provider):
    secret, _codes = with_app(linked)
    asked = give_password(client, linked)
    assert "Du logger inn med Klinikk-ID" in asked.text
    assert client.post(CODE, {"code": code_of(secret)}).status_code == 403
    assert not is_in(client)


def test_who_is_not_connected_logs_in_with_the_password_as_before_and_all_do_when_it_is_off(
    client, editor, provider, settings
):
    give_password(client, editor)
    assert is_in(client)
    links.link(editor, SUBJECT)
    settings.SIGN_ON_ISSUER = ""
    client = Client()
    give_password(client, editor)
    assert is_in(client)


def test_when_it_is_off_its_addresses_are_not_there(client, editor, settings):
    settings.SIGN_ON_ISSUER = ""
    for address in (START, BACK, "/admin/sign-on/out/"):
        assert client.get(address).status_code == 404
    assert logged_in(editor).get("/admin/sign-on/connect/").status_code == 404
    assert "sign-on" not in client.get("/admin/login/").text
