"""The signed token in which the provider says who has logged in: each of its claims is checked here.

The signature is checked although the token comes over https, so that no trust lies in the connection alone.
"""

import time
from dataclasses import dataclass
from typing import Any

import jwt
from django.conf import settings
from django.utils.crypto import constant_time_compare

from mestring.staff.malformed import MALFORMED
from mestring.staff.sign_on.provider import ALGORITHMS, Provider, find_key
from mestring.typed_text.invisible_signs import on_one_line

CLOCKS_DIFFER = 60  # seconds
NAMES = ("preferred_username", "email", "name")
LONGEST_NAME = 80
LONGEST_SUBJECT = 255  # characters: no provider's is longer (OpenID Connect Core, 2)
LAST_MOMENT = 1e12  # seconds: what is later is no time


class NotProven(Exception):
    """The provider did not say, or not so that it counts, who has logged in. Its words are for the log."""


@dataclass(frozen=True)
class Identity:
    """Who has logged in at the provider, when, and whether in two steps. The name is shown and never compared."""

    subject: str
    name: str
    logged_in_at: float
    in_two_steps: bool

    def is_fresh(self, since: float) -> bool:
        """Say whether the person has logged in at the provider since then: an open login does not count."""
        return since - CLOCKS_DIFFER <= self.logged_in_at <= time.time() + CLOCKS_DIFFER


def read_id_token(token: Any, nonce: str, provider: Provider) -> Identity:
    """Return who it names. Raises NotProven, ProviderAway."""
    try:
        return _read(token, nonce, provider)
    except (jwt.PyJWTError, *MALFORMED) as fault:
        raise NotProven(type(fault).__name__) from None


def _read(token: Any, nonce: str, provider: Provider) -> Identity:
    claims = _signed_claims(token, provider)
    client = settings.SIGN_ON_CLIENT
    if claims["aud"] not in (client, [client]) or claims.get("azp", client) != client:
        raise NotProven("aud or azp names another service")
    if not isinstance(claims["nonce"], str) or not constant_time_compare(claims["nonce"], nonce):
        raise NotProven("nonce is of another question")
    subject = claims["sub"]
    if not _is_subject(subject):
        raise NotProven("sub is no subject")
    return Identity(subject, _name_in(claims), _logged_in_at(claims), _in_two_steps(claims))


def _signed_claims(token: Any, provider: Provider) -> dict[str, Any]:
    key = find_key(provider, jwt.get_unverified_header(token).get("kid", ""))
    if key is None:
        raise NotProven("the provider has no key of that kid")
    return jwt.decode(
        token,
        key,
        algorithms=list(ALGORITHMS),
        audience=settings.SIGN_ON_CLIENT,
        issuer=settings.SIGN_ON_ISSUER,
        leeway=CLOCKS_DIFFER,
        options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
    )


def _is_subject(found: Any) -> bool:
    """Say whether this is one: ASCII, as the standard says. So no two look alike, and every database keeps it."""
    return isinstance(found, str) and 0 < len(found) <= LONGEST_SUBJECT and found.isascii() and found.isprintable()


def _logged_in_at(claims: dict[str, Any]) -> float:
    at = claims.get("auth_time")
    return float(at) if isinstance(at, int | float) and 0 < at < LAST_MOMENT else 0.0


def _in_two_steps(claims: dict[str, Any]) -> bool:
    """Say whether the token holds what SIGN_ON_TWO_STEPS names, such as amr=mfa."""
    name, _is, wanted = settings.SIGN_ON_TWO_STEPS.partition("=")
    said = claims.get(name) if wanted else None
    return said == wanted or (isinstance(said, list) and wanted in said) if wanted else False


def _name_in(claims: dict[str, Any]) -> str:
    found = next((claims[name] for name in NAMES if isinstance(claims.get(name), str)), "")
    return on_one_line(found)[:LONGEST_NAME]
