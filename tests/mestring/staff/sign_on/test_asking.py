"""What is asked of the provider, and for how long: a provider that is away keeps no thread and no page waiting."""

import pytest
from django.test import Client

from mestring.staff.sign_on import asking
from mestring.staff.sign_on.asking import ProviderAway, ask, may_be_asked
from mestring.staff.sign_on.provider import find_provider, read_keys, read_provider
from tests.mestring.staff.sign_on.test_sign_on import BACK, START, begin

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://login.example/token", True),
        ("http://login.example/token", False),
        ("http://127.0.0.1:9/token", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://login.example:x/", False),
        (None, False),
        (["https://login.example"], False),
    ],
)
def test_only_https_is_asked_outside_a_demo(settings, address, may):
    settings.SIGN_ON_LOOPBACK = False
    assert may_be_asked(address) is may


def test_a_redirect_is_not_followed(provider):
    provider.status = 302
    with pytest.raises(ProviderAway):
        ask(f"{provider.issuer}/x")
    assert provider.asked == ["/tenant/x"]


@pytest.mark.parametrize("status", [404, 500])
def test_an_answer_that_is_none_counts_as_away(provider, status):
    provider.status = status
    with pytest.raises(ProviderAway):
        ask(f"{provider.issuer}/x")


def test_an_answer_that_trickles_is_cut_and_one_that_is_endless_is_not_read(provider, monkeypatch):
    provider.trickles = True
    monkeypatch.setattr(asking, "SECONDS", 0.2)
    with pytest.raises(ProviderAway):
        ask(f"{provider.issuer}/x")
    assert provider.ended == []
    provider.trickles, provider.description = False, {"more": "x" * 2000}
    monkeypatch.setattr(asking, "LONGEST", 1000)
    with pytest.raises(ProviderAway):
        ask(f"{provider.issuer}/x")


def test_of_many_at_once_two_wait_and_the_others_are_told_at_once(provider):
    for _place in range(2):
        asking._places.acquire()
    try:
        with pytest.raises(ProviderAway):
            ask(f"{provider.issuer}/x")
        assert provider.asked == []
    finally:
        asking._places.release(2)
    assert ask(f"{provider.issuer}/x")["issuer"] == provider.issuer


def test_a_description_of_another_issuer_or_with_an_address_inside_is_not_taken(provider, settings):
    assert read_provider(provider.described()).token == f"{provider.issuer}/token"
    settings.SIGN_ON_LOOPBACK = False
    safe = {
        name: f"https://login.example/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    }
    assert read_provider(provider.described() | safe).logout == ""
    for lie in ({"issuer": "https://evil.example"}, {"token_endpoint": "http://10.0.0.1/"}, {"jwks_uri": None}):
        with pytest.raises(ProviderAway):
            read_provider(provider.described() | safe | lie)


def test_a_shared_secret_and_a_key_for_encrypting_are_no_keys_for_signatures(provider):
    key = provider.keys()["keys"][0]
    assert list(read_keys({"keys": [key]})) == ["k1"]
    shared = {"kty": "oct", "k": "c2VjcmV0", "kid": "k1"}
    odd = ({"kty": "x"}, "text", {}, {"kty": "RSA", "alg": ["RS256"]}, key | {"kid": ["k1"]})
    for one in (shared, shared | {"alg": "ES256"}, key | {"use": "enc"}, *odd):
        assert read_keys({"keys": [one]}) == {}
    assert read_keys({"keys": None}) == {}


def test_the_login_page_asks_nothing_of_the_provider(client, provider):
    assert "Klinikk-ID" in client.get("/admin/login/").text
    assert provider.asked == []


def test_a_provider_that_is_away_is_told_in_words_and_asked_once_in_a_while(client, provider):
    provider.status = 500
    shown = client.get(f"{START}?next=/admin/")
    assert shown.status_code == 503
    assert "Klinikk-ID svarer ikke akkurat nå" in shown.text
    assert Client().get(START).status_code == 503
    assert len(provider.asked) == 1


def test_a_provider_that_goes_away_between_start_and_return_is_told_too(client, provider, monkeypatch):
    answer = provider.log_in(begin(client))
    monkeypatch.setattr(asking, "LONGEST", 1)
    assert client.get(f"{BACK}?{answer}").status_code == 503


@pytest.mark.parametrize("methods", [None, 5, "client_secret_post"])
def test_a_description_that_lists_something_else_than_its_ways_is_taken_without_them(provider, methods):
    said = provider.described() | {"token_endpoint_auth_methods_supported": methods}
    assert not read_provider(said).takes_form_secret


@pytest.mark.parametrize("answer", ["[" * 100_000, '{"a":' * 50_000, "9" * 5_000, '"\\ud800"'])
def test_an_answer_that_no_reader_takes_is_no_answer(provider, answer):
    provider.answer = answer
    with pytest.raises(ProviderAway):
        ask(f"{provider.issuer}/x")


def test_its_addresses_are_remembered_for_a_minute(provider):
    assert find_provider() == find_provider()
    assert len(provider.asked) == 1


def test_starts_that_lead_to_no_login_are_braked_for_their_network_alone(provider):
    for _start in range(60):
        assert Client().get(START).status_code == 302
    assert Client().get(START).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.9").get(START).status_code == 302
