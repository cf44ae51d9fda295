"""Receipts: the same form with the same answers always gives the same receipt.

Words: *token*: signed and dated, carried by the form; holds the nonce. *nonce*: 256 random bits, never stored.
*code*: the sender's secret; contact/crypto/return_code.py derives it, and from it the reference, the locator (the
only check for duplicates) and the sender's key.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core import signing

from contact.crypto import return_code

SALT = "contact.form-token"
NONCE_BYTES = 32


class TokenBroken(Exception):
    """A form token is missing, forged, or signed with a key that has been changed since."""


@dataclass(frozen=True)
class Receipt:
    """What the sender gets. The code is not part of repr(), so that no log line can carry it."""

    reference: str
    locator: str
    code: bytes = field(repr=False)
    set_apart: bool = False  # it came above its network's limit; staff may read it later

    @property
    def formatted_code(self) -> str:
        """The code as the sender keeps it."""
        return return_code.format_code(self.code)

    @property
    def sender_key(self) -> bytes:
        """The public half of the sender's key, to which answers are sealed."""
        return return_code.sender_key(self.code).public_key().public_bytes_raw()


def new_token() -> str:
    """Return a new token for one form."""
    return signing.dumps(urlsafe_b64encode(secrets.token_bytes(NONCE_BYTES)).decode(), salt=SALT)


def nonce_of(token: str, *, younger_than: timedelta | None = None) -> bytes:
    """Return the nonce in a token. Raises TokenBroken.

    `younger_than` decides whether an opened form starts anew. What was sent is never refused for its token's age.
    """
    try:
        nonce = urlsafe_b64decode(signing.loads(token, salt=SALT, max_age=younger_than))
    except (signing.BadSignature, TypeError, ValueError):
        raise TokenBroken from None
    if len(nonce) != NONCE_BYTES:
        raise TokenBroken
    return nonce


def is_valid_token(token: str, *, younger_than: timedelta | None = None) -> bool:
    """Say whether `nonce_of` accepts this token."""
    try:
        return bool(nonce_of(token, younger_than=younger_than))
    except TokenBroken:
        return False


def receipt_for(nonce: bytes, role: str, answers: Mapping[str, str]) -> Receipt:
    """Return the receipt of these answers on the form with this nonce."""
    code = return_code.derive_code(settings.RECEIPT_SECRET.encode(), nonce, canonical_answers(role, answers))
    return Receipt(return_code.reference_of(code), return_code.locator_of(code), code)


def content_to_seal(receipt: Receipt, role: str, answers: Mapping[str, str]) -> bytes:
    """Return what is sealed of an inquiry: role and answers, and to whom its answers go.

    Locator and sender's key stand in columns too. contact/cases/reading.py compares them before a reply is sealed,
    so that an intruder who changes the columns gets no answer.
    """
    content = json.loads(canonical_answers(role, answers))
    content |= {"locator": receipt.locator, "sender_key": receipt.sender_key.hex()}
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def canonical_answers(role: str, answers: Mapping[str, str]) -> bytes:
    """Return role and answers as bytes that do not depend on order, line endings or surrounding space."""
    plain = {name: text.replace("\r\n", "\n").replace("\r", "\n").strip() for name, text in answers.items()}
    return json.dumps({"role": role, "answers": plain}, sort_keys=True, separators=(",", ":")).encode()
