"""The recipient key: with it the delivery process reads the address a mail goes to, and no thief of the database.

It is not an inbox key, because the delivery process must not be able to open the inbox. Its public half lies in a
file of its own. Where DELIVERER_KEY names the private half, the site's user cannot read it, and makes neither.
"""

import fcntl
import json
import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings

from contact.crypto.deliverer_apart import is_apart
from contact.crypto.files import replace_whole, write_once
from contact.crypto.sealing import open_sealed, seal

log = logging.getLogger("contact.keys")  # operators filter by this name (docs/operators.md)
FIELD = "recipient"  # contact.models.Delivery.recipient; never to be renamed


def seal_recipient(address: str, page: str, row: UUID) -> bytes:
    """Return the address, and the page that the mail names, sealed for this delivery. Raises OSError."""
    return seal(json.dumps({"address": address, "page": page}).encode(), _public_half(), row, FIELD)


def open_recipient(sealed: bytes, row: UUID) -> tuple[str, str]:
    """Return (address, page). Raises SealBroken, OSError, ValueError."""
    content = json.loads(open_sealed(sealed, _stored_private(), row, FIELD))
    return content["address"], content["page"]


def is_whole() -> bool:
    """Say whether mail to senders can be sealed: the public half is whole, or not made yet, and fits the private.

    A private half that this process cannot read is not judged: only the delivery process needs it.
    """
    try:
        public = _stored_public()
        return public.public_bytes_raw() == _stored_private().public_key().public_bytes_raw()
    except FileNotFoundError:
        return not (is_apart() and not _file("public").exists())
    except OSError:
        return True
    except ValueError:
        return False


def new_pair(private: str = "") -> tuple[str, str]:
    """Return both halves as their files hold them: of a private half that is there, or of a new one."""
    key = X25519PrivateKey.from_private_bytes(bytes.fromhex(private)) if private else X25519PrivateKey.generate()
    return key.private_bytes_raw().hex(), key.public_key().public_bytes_raw().hex()


def _public_half() -> X25519PublicKey:
    """Return the public half; make it when it is missing or was cut short, as by a full disk or a crash.

    Raises OSError where the operator makes the key: another one here would be no use to the delivery process.
    """
    try:
        return _stored_public()
    except (FileNotFoundError, ValueError):
        if is_apart():
            raise OSError("deliverer.public is missing or cut short") from None
        return _mend().public_key()


def _mend() -> X25519PrivateKey:
    """Make what is missing, and set aside what cannot be read. Raises OSError.

    One process at a time: the second finds whole files. The private half is on disk before anything is sealed to
    it.
    """
    Path(settings.KEY_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(settings.KEY_DIR, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            private = _stored_private()
        except (FileNotFoundError, ValueError):
            _set_aside("key")
            write_once(_file("key"), new_pair()[0])
            private = _stored_private()
        with replace_whole(_file("public")) as file:
            file.write(private.public_key().public_bytes_raw().hex().encode())
        return private
    finally:
        os.close(descriptor)


def _set_aside(kind: str) -> None:
    with suppress(FileNotFoundError):
        _file(kind).rename(_file(f"{kind}.broken-{secrets.token_hex(4)}"))
        log.error("deliverer.%s could not be read; another one was made", kind)


def _stored_public() -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(bytes.fromhex(_file("public").read_text(encoding="ascii")))


def _stored_private() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(_file("key").read_text(encoding="ascii")))


def _file(kind: str) -> Path:
    """Return where a half lies: the public one always beside the private one."""
    return Path(settings.DELIVERER_KEY or Path(settings.KEY_DIR) / "deliverer.key").with_suffix(f".{kind}")
