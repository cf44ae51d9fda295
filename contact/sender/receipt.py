"""Receipts: the same form and the same answers always give the same receipt.

Words: *token* – signed and dated, in the form; carries the nonce. *nonce* – 256 random bits, never stored.
*code* – 128 bits, a secret of the sender, derived from nonce and answers; what derives from it in turn (the
locator, which is the only duplicate check, the reference, the sender's key) stands in
contact/crypto/return_code.py.
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
    """What the sender gets. The code is kept out of repr(), so that no log line can carry it."""

    reference: str
    locator: str
    code: bytes = field(repr=False)

    @property
    def written_code(self) -> str:
        """The code as the sender keeps it."""
        return return_code.written(self.code)

    @property
    def sender_key(self) -> bytes:
        """The public half of the sender's key, to which answers are sealed."""
        return return_code.sender_key(self.code).public_key().public_bytes_raw()


def new_token() -> str:
    """Return a fresh token for one form."""
    return signing.dumps(urlsafe_b64encode(secrets.token_bytes(NONCE_BYTES)).decode(), salt=SALT)


def nonce_of(token: str, *, younger_than: timedelta | None = None) -> bytes:
    """Return the nonce in a token. Raises TokenBroken; what was sent is never refused for its age."""
    try:
        nonce = urlsafe_b64decode(signing.loads(token, salt=SALT, max_age=younger_than))
    except (signing.BadSignature, TypeError, ValueError):
        raise TokenBroken from None
    if len(nonce) != NONCE_BYTES:
        raise TokenBroken
    return nonce


def receipt_for(nonce: bytes, role: str, answers: Mapping[str, str]) -> Receipt:
    """Derive the receipt of these answers on the form that carried this nonce."""
    secret = settings.RECEIPT_SECRET.encode()
    code = return_code.derive(secret, b"code" + nonce + canonical(role, answers), return_code.BYTES)
    return Receipt(return_code.reference_of(code), return_code.locator_of(code), code)


def canonical(role: str, answers: Mapping[str, str]) -> bytes:
    """Return role and answers as bytes that do not depend on order, line endings or outer space."""
    plain = {name: text.replace("\r\n", "\n").replace("\r", "\n").strip() for name, text in answers.items()}
    return json.dumps({"role": role, "answers": plain}, sort_keys=True, separators=(",", ":")).encode()
