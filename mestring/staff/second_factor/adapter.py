"""How allauth keeps the secrets of codes: encrypted with a key that lies in a file outside the database."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from mestring.config.secrets import load_or_make_secret

KEY_FILE = "second_factor_key"
LABEL = b"mestring.staff.second_factor secrets 1"  # never changed: the codes of every colleague would be lost
NONCE = 12


class UnreadableSecret(Exception):
    """The key file is another than the one with which the secret was encrypted."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Tells allauth how secrets are stored, and under which name an app shows its codes."""

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(NONCE)
        return urlsafe_b64encode(nonce + _box().encrypt(nonce, text.encode(), LABEL)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. Raises UnreadableSecret."""
        try:
            raw = urlsafe_b64decode(encrypted_text)
            return _box().decrypt(raw[:NONCE], raw[NONCE:], LABEL).decode()
        except (InvalidTag, ValueError):
            raise UnreadableSecret from None

    def get_totp_issuer(self) -> str:
        return "Mestringshusene"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": self.get_totp_issuer()}


def _box() -> ChaCha20Poly1305:
    secret = load_or_make_secret(Path(settings.KEY_DIR), KEY_FILE)
    return ChaCha20Poly1305(HKDF(SHA256(), 32, salt=None, info=LABEL).derive(secret.encode()))
