"""Grants: one generation's private half, sealed to one holder, with proof of which holder was let in.

A new generation is sealed to the public keys of the holders of the last one. Those keys lie in the database: an
intruder who can write there could put a key of their own in place of a colleague's, and would be handed the next
generation. So each grant carries a MAC of its holder's public key. Its key comes from the inbox's private half,
which only a holder of this generation could open.
"""

import hmac
from datetime import datetime
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from contact.crypto.sealing import open_sealed, seal
from contact.models import Grant, InboxKey, StaffKey

FIELD = "grant"  # part of what sealing binds to; never to be renamed


def create_grant(
    key: InboxKey,
    inbox: X25519PrivateKey,
    principal: Grant.Principal,
    holder_public: bytes,
    *,
    staff_key: StaffKey | None = None,
    proven_at: datetime | None = None,
) -> None:
    """Seal this generation's private half (`inbox`) to a holder."""
    row = uuid4()
    Grant.objects.create(
        id=row,
        key=key,
        principal=principal,
        staff_key=staff_key,
        sealed_private=seal(
            inbox.private_bytes_raw(), X25519PublicKey.from_public_bytes(holder_public), row, FIELD
        ),
        holder_public=holder_public,
        voucher=holder_mac(inbox, principal, staff_key.user_id if staff_key else None, holder_public),
        proven_at=proven_at,
    )


def open_grant(grant: Grant, holder: X25519PrivateKey) -> X25519PrivateKey:
    """Return the private half that this grant holds. Raises SealBroken."""
    return X25519PrivateKey.from_private_bytes(open_sealed(bytes(grant.sealed_private), holder, grant.id, FIELD))


def record_holder(grant: Grant, inbox: X25519PrivateKey, holder_public: bytes) -> None:
    """Store the holder of a grant that no colleague owns; grants from before the column existed have none."""
    grant.holder_public = holder_public
    grant.voucher = holder_mac(inbox, grant.principal, None, holder_public)
    grant.save(update_fields=["holder_public", "voucher"])


def verified_holder(grant: Grant, inbox: X25519PrivateKey) -> bytes | None:
    """Return the public key that was let in; None when none is stored, or when it is not the one the MAC is of."""
    if grant.holder_public is None:
        return None
    public = bytes(grant.holder_public)
    user_id = grant.staff_key.user_id if grant.staff_key else None
    expected = holder_mac(inbox, grant.principal, user_id, public)
    return public if hmac.compare_digest(bytes(grant.voucher or b""), expected) else None


def holder_mac(inbox: X25519PrivateKey, principal: str, user_id: int | None, holder_public: bytes) -> bytes:
    """Return the MAC of a public key that belongs to this principal, and to this user if it is a colleague's."""
    key = HKDF(SHA256(), 32, salt=None, info=b"mestring.contact.voucher v1").derive(inbox.private_bytes_raw())
    return hmac.digest(key, f"{principal} {user_id or ''} ".encode() + holder_public, "sha256")
