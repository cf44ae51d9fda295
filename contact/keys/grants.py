"""Grants: one generation's private half, sealed to one holder, with a mark of who that is."""

from datetime import datetime
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from contact.crypto.sealing import open_sealed, seal
from contact.keys.holder_mac import is_vouched, voucher
from contact.models import Grant, InboxKey, StaffKey

FIELD = "grant"


def give(
    key: InboxKey,
    inbox: X25519PrivateKey,
    principal: Grant.Principal,
    holder_public: bytes,
    *,
    staff_key: StaffKey | None = None,
    proven_at: datetime | None = None,
) -> None:
    """Seal this generation to a holder."""
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
        voucher=voucher(inbox, principal, staff_key.user_id if staff_key else None, holder_public),
        proven_at=proven_at,
    )


def open_grant(grant: Grant, holder: X25519PrivateKey) -> X25519PrivateKey:
    """Return the private half that this grant holds. Raises SealBroken."""
    return X25519PrivateKey.from_private_bytes(open_sealed(bytes(grant.sealed_private), holder, grant.id, FIELD))


def vouch(grant: Grant, inbox: X25519PrivateKey, holder_public: bytes) -> None:
    """Write down to whom a grant is sealed, for one that was made before this was kept."""
    grant.holder_public = holder_public
    grant.voucher = voucher(inbox, grant.principal, None, holder_public)
    grant.save(update_fields=["holder_public", "voucher"])


def vouched_holder(grant: Grant, inbox: X25519PrivateKey) -> bytes | None:
    """Return the public key that was let in; None when it is not known, or another stands there now."""
    if grant.holder_public is None:
        return None
    public = bytes(grant.holder_public)
    user_id = grant.staff_key.user_id if grant.staff_key else None
    mark = bytes(grant.voucher or b"")
    return public if is_vouched(mark, inbox, grant.principal, user_id, public) else None
