"""The way to the provider and back: where the browser is sent, and what the code that it brings is worth."""

import json
from base64 import b64encode
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from mestring.staff.sign_on.asking import ProviderRefused, ask
from mestring.staff.sign_on.id_token import Identity, NotProven, read_id_token
from mestring.staff.sign_on.provider import Provider, find_provider
from mestring.staff.sign_on.started import LOGIN, Started

SCOPE = "openid profile"


def must_be_fresh(purpose: str) -> bool:
    """Say whether an open login at the provider is not enough.

    It is, for a login, where our own second step follows: that is the fresh proof. Elsewhere a click on a computer
    that was left alone would be one.
    """
    return purpose != LOGIN or bool(settings.SIGN_ON_TWO_STEPS) or not settings.SECOND_FACTOR_REQUIRED


def address_to_ask(provider: Provider, started: Started) -> str:
    """Return the address to which the browser is sent, with the question."""
    asked = {
        "response_type": "code",
        "client_id": settings.SIGN_ON_CLIENT,
        "redirect_uri": started.returns_to,
        "scope": SCOPE,
        "state": started.state,
        "nonce": started.nonce,
        "code_challenge": started.challenge,
        "code_challenge_method": "S256",
    }
    if must_be_fresh(started.purpose):
        asked |= {"max_age": "0", "prompt": "login"}
    asked |= _two_steps_asked_for()
    return f"{provider.authorize}{'&' if '?' in provider.authorize else '?'}{urlencode(asked)}"


def _two_steps_asked_for() -> dict[str, str]:
    """Return how the provider is asked for two steps; amr can be read, and not be asked for."""
    name, _is, value = settings.SIGN_ON_TWO_STEPS.partition("=")
    if name == "acr":
        return {"acr_values": value}
    if name == "acrs":
        return {"claims": json.dumps({"id_token": {"acrs": {"essential": True, "value": value}}})}
    return {}


def identify(started: Started, answer: Any) -> Identity:
    """Return who has logged in at the provider. Raises NotProven, ProviderAway."""
    provider = find_provider()
    named = answer.get("iss")
    if (named is None and provider.names_itself) or named not in (None, settings.SIGN_ON_ISSUER):
        raise NotProven("the answer names another provider")
    if "error" in answer or not (code := answer.get("code")):
        raise NotProven("the provider sent no code")
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": started.returns_to,
        "code_verifier": started.verifier,
        "client_id": settings.SIGN_ON_CLIENT,
    }
    authorization = ""
    if provider.takes_form_secret:
        form["client_secret"] = settings.SIGN_ON_SECRET
    else:
        pair = ":".join(quote(part, safe="") for part in (settings.SIGN_ON_CLIENT, settings.SIGN_ON_SECRET))
        authorization = f"Basic {b64encode(pair.encode()).decode()}"
    try:
        said = ask(provider.token, form, authorization)
    except ProviderRefused:
        raise NotProven("the provider did not take the code, the client or its secret") from None
    identity = read_id_token(said.get("id_token"), started.nonce, provider)
    if must_be_fresh(started.purpose) and not identity.is_fresh(started.at):
        raise NotProven("auth_time is missing, or older than the question")
    return identity
