"""A form on its way through the login page: encrypted for one account, and kept nowhere but in that page.

Refused: the session, the database and the cache, which would hold what people wrote to the clinic in the clear;
and clear hidden fields, which the next person at the machine could read.
"""

import json
import os
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from mestring.staff.unsent.writer import FIELD

NONCE = 12
LONGEST = 900_000  # characters that a login page carries; the limit of a form without a login is 1 MB
LEFT_OUT = ("csrfmiddlewaretoken", FIELD)
SECRET = ("password", "passphrase", "paper")  # in a name: typed anew
SECRET_NAMES = ("old", "new", "again", "typed", "code")  # of an inbox passphrase, a paper, the second step


@dataclass(frozen=True)
class UnsentForm:
    """Where a form was sent, and its fields without tokens, passwords and files."""

    path: str
    fields: list[tuple[str, str]]
    has_files: bool

    @classmethod
    def read(cls, request: HttpRequest) -> "UnsentForm":
        """Return the form of a request."""
        fields = [
            (name, str(value))
            for name, values in request.POST.lists()
            for value in values
            if name not in LEFT_OUT and not is_secret(name)
        ]
        return cls(request.get_full_path(), fields, request.content_type == "multipart/form-data")


def is_secret(name: str) -> bool:
    """Say whether a field of this name is typed anew after a login."""
    return name in SECRET_NAMES or any(word in name for word in SECRET)


def seal_form(form: UnsentForm, writer: str) -> str:
    """Return the form encrypted for this account; "" when it is too long for the login page."""
    plain = zlib.compress(json.dumps([form.path, form.fields, form.has_files]).encode())
    nonce = os.urandom(NONCE)
    sealed = urlsafe_b64encode(nonce + _box().encrypt(nonce, plain, writer.encode())).decode()
    return sealed if len(sealed) <= LONGEST else ""


def open_form(sealed: str, user_id: int) -> UnsentForm | None:
    """Return the form if it was encrypted for this account."""
    try:
        raw = urlsafe_b64decode(sealed)
        plain = _box().decrypt(raw[:NONCE], raw[NONCE:], str(user_id).encode())
    except (InvalidTag, ValueError):
        return None
    path, fields, has_files = json.loads(zlib.decompress(plain))
    return UnsentForm(path, [(name, value) for name, value in fields], has_files)


def _box() -> ChaCha20Poly1305:
    return ChaCha20Poly1305(salted_hmac("mestring.staff.unsent", "form", algorithm="sha256").digest())
