"""Passkeys: made in the browser for this site alone, and asked for after the password.

allauth keeps the question of each ceremony in the session. It is answered once, rightly or not.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.http.request import split_domain_port
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData

from mestring.staff.malformed import MALFORMED
from mestring.staff.once import is_first
from mestring.staff.second_factor.codes import WrongCode, count_as_set_up
from mestring.typed_text.invisible_signs import on_one_line

FAULTS = (ValidationError, *MALFORMED)
LOCAL = "localhost"
LONGEST_NAME = 60  # characters
AT_ONCE = 10 * 60  # seconds, in which the session is stored: from then on it tells that the question is answered


def passkeys_work(request: HttpRequest) -> bool:
    """Say whether browsers make passkeys at this address: a name over https, or `localhost`; never a number."""
    host = split_domain_port(request.get_host())[0].strip("[]")
    try:
        ip_address(host)
    except ValueError:
        return host == LOCAL or request.is_secure()
    return False


def passkeys_of(person: User) -> list[Authenticator]:
    """Return the passkeys that the colleague has made, oldest first."""
    return list(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk"))


def name_in(request: HttpRequest) -> str:
    """Return the name that was typed for a passkey."""
    return on_one_line(request.POST.get("name", ""))[:LONGEST_NAME]


def ask_to_make(person: User) -> dict[str, Any]:
    """Return what the browser is asked to make."""
    return auth.begin_registration(person, passwordless=False)


def ask_to_use(person: User) -> dict[str, Any]:
    """Return what the browser is asked to prove."""
    return auth.begin_authentication(person)


def add_passkey(request: HttpRequest, person: User, answer: str, name: str) -> list[str]:
    """Store what the browser made; return the recovery codes, if these are the first. Raises WrongCode."""
    with _one_answer(), transaction.atomic():
        credential = _given_here(request, answer)
        auth.complete_registration(credential)
        auth.WebAuthn.add(person, name, credential)
        return count_as_set_up(person)


def use_passkey(request: HttpRequest, person: User, answer: str) -> None:
    """Check that the browser holds a passkey of this colleague. Raises WrongCode."""
    try:
        with _one_answer():
            authenticator = auth.complete_authentication(person, _given_here(request, answer))
    except WrongCode:
        user_login_failed.send(__name__, credentials={"username": person.get_username()}, request=request)
        raise
    authenticator.record_usage()


def _given_here(request: HttpRequest, answer: str) -> dict[str, Any]:
    """Return the answer, when the browser says that a page of this very address asked for it.

    Browsers, and fido2, let every name under the site's own ask too: a page there could pass our question on.
    """
    if "\\" in answer:
        raise ValueError  # browsers write base64url, which needs none; what one hides, PostgreSQL may not keep
    credential: dict[str, Any] = json.loads(answer)
    said = CollectedClientData(websafe_decode(credential["response"]["clientDataJSON"]))
    if said.cross_origin or said.origin != f"{request.scheme}://{request.get_host()}":
        raise ValueError
    return credential


@contextmanager
def _one_answer() -> Iterator[None]:
    question = auth.get_state() or {}
    try:
        if not is_first("passkey", str(question.get("challenge")), AT_ONCE):
            raise WrongCode
        yield
    except FAULTS:
        raise WrongCode from None
    finally:
        auth.clear_state()
