"""The site's signature: what shows that a file which left the site, such as a backup, was made by it.

Sealing needs a public key only, so that a person who knows it can seal a file that opens. The signing key
(Ed25519) lies in KEY_DIR, in no backup. Its public half, the *signer*, lies with the operator's offline key.
"""

import logging
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from contact.crypto.deliverer_apart import shared_mode
from contact.crypto.files import write_once

log = logging.getLogger("contact.keys")  # operators filter by this name (docs/operators.md)

# What is signed begins with one of these, so that no signature counts for another thing. Never to be renamed.
BACKUP = b"mestring backup manifest 1\n"
BACKUP_RECEIPT = b"mestring backup receipt 1\n"
ERASURE_LIST = b"mestring list of erasures 1\n"


class NotSigned(Exception):
    """Nothing shows that the site made this: no signature, another signer's, or it was changed since."""


def sign(kind: bytes, content: bytes) -> str:
    """Return the signature, in signs of a text. Raises OSError, and ValueError for a key that was cut short."""
    return _private().sign(kind + content).hex()


def signer() -> str:
    """Return the public half, which the operator keeps away from the site. Raises OSError, ValueError."""
    return _private().public_key().public_bytes_raw().hex()


def check_signature(kind: bytes, content: bytes, signature: str, signer: str) -> None:
    """Raise NotSigned unless this signer signed it. Raises ValueError for what is no signer."""
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer))
    try:
        public.verify(bytes.fromhex(signature), kind + content)
    except (InvalidSignature, ValueError):
        raise NotSigned from None


def make_signing_key() -> None:
    """Make it with the first keys of an installation. One that is made later took the place of a lost one."""
    write_once(_file(), Ed25519PrivateKey.generate().private_bytes_raw().hex(), mode=shared_mode())


def _file() -> Path:
    return Path(settings.KEY_DIR) / "backup_signing.key"


def _private() -> Ed25519PrivateKey:
    if not _file().exists():
        make_signing_key()
        log.warning(
            "backup_signing.key was not in KEY_DIR, and was made: put its copy back if there was one; otherwise "
            "write what restore trusts (backup --signer) and keep it with the offline key"
        )
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_file().read_text(encoding="ascii")))
