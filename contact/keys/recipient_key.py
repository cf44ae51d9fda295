"""The recipient key: with it the delivery process reads the address a mail goes to, and no thief of the database.

It is not an inbox key, because the delivery process must not be able to open the inbox. Its public half lies in a
file of its own, so that an operator can keep the web process from reading the private half.
"""

import json
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings

from contact.crypto.files import write_once
from contact.crypto.sealing import open_sealed, seal

FIELD = "recipient"  # contact.models.Delivery.recipient; never to be renamed


def seal_recipient(address: str, page: str, row: UUID) -> bytes:
    """Return the address, and the page that the mail names, sealed for this delivery."""
    return seal(json.dumps({"address": address, "page": page}).encode(), _public_half(), row, FIELD)


def open_recipient(sealed: bytes, row: UUID) -> tuple[str, str]:
    """Return (address, page). Raises SealBroken, OSError, ValueError."""
    private = X25519PrivateKey.from_private_bytes(bytes.fromhex(_file("key").read_text(encoding="ascii")))
    content = json.loads(open_sealed(sealed, private, row, FIELD))
    return content["address"], content["page"]


def _public_half() -> X25519PublicKey:
    try:
        public = _file("public").read_text(encoding="ascii")
    except FileNotFoundError:
        # The private half is on disk before anything is sealed to it.
        private = write_once(_file("key"), X25519PrivateKey.generate().private_bytes_raw().hex())
        half = X25519PrivateKey.from_private_bytes(bytes.fromhex(private)).public_key()
        public = write_once(_file("public"), half.public_bytes_raw().hex())
    return X25519PublicKey.from_public_bytes(bytes.fromhex(public))


def _file(kind: str) -> Path:
    return Path(settings.KEY_DIR) / f"deliverer.{kind}"
