"""Vouching: a mark that only somebody who could open a generation can have made.

A new generation is sealed to the public keys of those who hold the last one. They lie in the database; whoever
can write there could put a key of their own in place of a colleague's, and would be handed the next
generation. So each grant carries a mark, keyed with the inbox's private half, of whose public key was let in.
"""

import hmac

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def voucher(inbox: X25519PrivateKey, principal: str, user_id: int | None, holder_public: bytes) -> bytes:
    """Return the mark that this public key belongs to this principal, and to this user if it is a colleague's."""
    key = HKDF(SHA256(), 32, salt=None, info=b"mestring.contact.voucher v1").derive(inbox.private_bytes_raw())
    return hmac.digest(key, f"{principal} {user_id or ''} ".encode() + holder_public, "sha256")


def is_vouched(
    mark: bytes, inbox: X25519PrivateKey, principal: str, user_id: int | None, holder_public: bytes
) -> bool:
    """Say whether the mark is the one that `voucher` makes."""
    return hmac.compare_digest(mark, voucher(inbox, principal, user_id, holder_public))
