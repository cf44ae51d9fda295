"""The mark of a reply: a MAC that only a holder of the inbox key of its inquiry, or the sender, can have made.

Sealing needs public keys only, so a reply in the database could be an intruder's. The key of the mark is what one
private and the other public half agree on: the inbox's and the sender's. An intruder who can write to the database
has neither private half. Replies from before there were marks carry none.
"""

import hmac
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils import timezone

from contact.crypto.files import write_once
from contact.models import Message

LATEST = timedelta(days=1)  # the web processes of the version before may run on for a while
NONE_WITHOUT = "every reply is marked"


def reply_mark(own: X25519PrivateKey, other: bytes, row: UUID, text: str) -> bytes:
    """Return the mark of this text in this row, from one's own private half and the other's public half."""
    shared = own.exchange(X25519PublicKey.from_public_bytes(other))
    key = HKDF(SHA256(), 32, salt=None, info=b"mestring.contact.reply-mark v1").derive(shared)
    return hmac.digest(key, row.bytes + text.encode(), "sha256")


def is_from_clinic(
    mark: bytes | memoryview | None, at: datetime, own: X25519PrivateKey, other: bytes, row: UUID, text: str
) -> bool:
    """Say whether a reply carries its mark, or is dated before there were marks on a site that is older."""
    if mark is None:
        until = _unmarked_until()
        return until is not None and at < until
    try:
        return hmac.compare_digest(bytes(mark), reply_mark(own, other, row, text))
    except ValueError:  # no public key: both halves agree on nothing
        return False


def begin_marks() -> None:
    """Write down, once, until when a reply may lack its mark: on a site without such replies, never."""
    if _file().exists():
        return
    has_unmarked = Message.objects.filter(kind=Message.Kind.REPLY, mark=None).exists()
    write_once(_file(), (timezone.now() + LATEST).isoformat() if has_unmarked else NONE_WITHOUT)


def _unmarked_until() -> datetime | None:
    try:
        return datetime.fromisoformat(_file().read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _file() -> Path:
    return Path(settings.KEY_DIR) / "replies_marked_from"
