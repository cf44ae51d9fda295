"""Receipts: the same form and the same answers always give the same receipt.

Words: *token* – signed and dated, in the form; carries the nonce. *nonce* – 256 random bits, never stored.
*code* – 128 bits, a secret of the sender, derived from nonce and answers, never stored and not shown yet.
*locator* – derived from the code, stored and unique: the only duplicate check. *reference* – derived
from the code, short enough to say on the phone; not a secret.

All are high-entropy, so plain HKDF is right; a slow hash would only tire a public form.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import signing

from contact import crockford

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
    code = _derive(settings.RECEIPT_SECRET.encode(), b"code" + nonce + canonical(role, answers), 16)
    symbols = crockford.encode(_derive(code, b"reference", 5))
    return Receipt(f"{symbols[:4]}-{symbols[4:]}", _derive(code, b"locator", 16).hex(), code)


def canonical(role: str, answers: Mapping[str, str]) -> bytes:
    """Return role and answers as bytes that do not depend on order, line endings or outer space."""
    plain = {name: text.replace("\r\n", "\n").replace("\r", "\n").strip() for name, text in answers.items()}
    return json.dumps({"role": role, "answers": plain}, sort_keys=True, separators=(",", ":")).encode()


def _derive(key: bytes, label: bytes, length: int) -> bytes:
    # The fixed prefix keeps these keys apart from anything else the same secret may be used for.
    return HKDF(SHA256(), length, salt=None, info=b"mestring.contact.receipt " + label).derive(key)
