"""What the provider says of itself: its addresses and its keys, remembered for a short while."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from mestring.staff.malformed import MALFORMED
from mestring.staff.sign_on.asking import ProviderAway, ask, may_be_asked

WELL_KNOWN = "/.well-known/openid-configuration"
FRESH = 60.0  # seconds for which its addresses are not asked for again
KEYS_FRESH = 600.0
PAUSE = 20.0  # between two requests for keys, and after one that was not answered
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


@dataclass(frozen=True)
class Provider:
    """Its addresses; whether it takes the client's secret in the form, and names itself where it sends back."""

    authorize: str
    token: str
    keys: str
    logout: str
    takes_form_secret: bool
    names_itself: bool


@dataclass
class _Memory:
    provider: Provider | None = None
    asked_at: float = float("-inf")
    silent_at: float = float("-inf")
    keys: dict[str, PyJWK] = field(default_factory=dict)
    keys_at: float = float("-inf")


_memory = _Memory()
_one_at_a_time = threading.Lock()


def is_set_up() -> bool:
    """Say whether colleagues can log in at a provider."""
    return bool(settings.SIGN_ON_ISSUER)


def find_provider() -> Provider:
    """Return the provider. Raises ProviderAway, at once for a while after it has not answered."""
    with _one_at_a_time_or_away():
        now = time.monotonic()
        if _memory.provider and now < _memory.asked_at + FRESH:
            return _memory.provider
        if now < _memory.silent_at + PAUSE:
            raise ProviderAway
        try:
            _memory.provider = read_provider(ask(settings.SIGN_ON_ISSUER.rstrip("/") + WELL_KNOWN))
        except ProviderAway:
            _memory.silent_at = time.monotonic()
            raise
        _memory.asked_at = now
        return _memory.provider


def read_provider(said: dict[str, Any]) -> Provider:
    """Return what it says, when it says it of the issuer that is set. Raises ProviderAway."""
    authorize, token, keys = (
        said.get(f"{name}") for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    )
    if said.get("issuer") != settings.SIGN_ON_ISSUER or not all(map(may_be_asked, (authorize, token, keys))):
        raise ProviderAway
    logout, ways = said.get("end_session_endpoint"), said.get("token_endpoint_auth_methods_supported")
    return Provider(
        authorize=str(authorize),
        token=str(token),
        keys=str(keys),
        logout=str(logout) if may_be_asked(logout) else "",
        takes_form_secret=isinstance(ways, list) and "client_secret_post" in ways,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


def find_key(provider: Provider, kid: str) -> PyJWK | None:
    """Return one of the keys with which it signs. An unknown one is asked for, but not again and again."""
    with _one_at_a_time_or_away():
        now = time.monotonic()
        pause = KEYS_FRESH if kid in _memory.keys else PAUSE
        if now >= _memory.keys_at + pause:
            _memory.keys = read_keys(ask(provider.keys))
            _memory.keys_at = now
        return _memory.keys.get(kid)


def read_keys(said: dict[str, Any]) -> dict[str, PyJWK]:
    """Return the keys for signatures by their name: none that is a shared secret, none for encrypting."""
    keys = {}
    listed = said.get("keys")
    for one in listed if isinstance(listed, list) else []:
        try:
            key = PyJWK(one)
        except (PyJWTError, *MALFORMED):
            continue
        name, use = key.key_id, key.public_key_use
        if key.algorithm_name in ALGORITHMS and isinstance(name, str) and name and use in (None, "sig"):
            keys[name] = key
    return keys


def forget_provider() -> None:
    """Ask anew the next time."""
    vars(_memory).update(vars(_Memory()))


@contextmanager
def _one_at_a_time_or_away() -> Iterator[None]:
    """Let one thread ask; another waits for half a second, and no longer."""
    if not _one_at_a_time.acquire(timeout=0.5):
        raise ProviderAway
    try:
        yield
    finally:
        _one_at_a_time.release()
