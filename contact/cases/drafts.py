"""What a colleague has begun to write on a case: kept until it is sent, and opened for its writer alone."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import transaction
from django.utils import timezone

from contact.crypto.sealing import SealBroken, open_sealed, seal
from contact.keys.key_holders import server_can_open
from contact.keys.keyring import KeysMissing, Opener, sealing_key
from contact.models import CaseDraft, Inquiry, StaffKey

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Fields = dict[str, str]
OwnKey = Callable[[], X25519PrivateKey]  # raises KeysMissing while the writer has not unlocked


def keep_draft(inquiry: Inquiry, writer: "User", fields: Fields) -> None:
    """Store what stands in the fields in place of the writer's earlier draft; empty fields take it away."""
    if not fields:
        CaseDraft.objects.filter(inquiry=inquiry, writer=writer).delete()
        return
    row = uuid4()
    staff_key, generation = None if server_can_open() else StaffKey.objects.filter(user=writer).first(), None
    if staff_key is not None:
        public = X25519PublicKey.from_public_bytes(bytes(staff_key.public_key))
    else:
        generation, public = sealing_key()
    sealed = seal(json.dumps(fields).encode(), public, row, CaseDraft.SEALED_FIELD)
    with transaction.atomic():
        # Two tabs may keep one at once: the case's row lets one wait for the other.
        if Inquiry.objects.select_for_update().filter(pk=inquiry.pk).values_list("pk").first() is None:
            return
        CaseDraft.objects.filter(inquiry=inquiry, writer=writer).delete()
        CaseDraft.objects.create(
            pk=row, inquiry_id=inquiry.pk, writer=writer, staff_key=staff_key, key=generation, sealed=sealed,
            saved_at=timezone.now(),
        )  # fmt: skip


def has_draft(inquiry: Inquiry, writer: "User") -> bool:
    """Say whether this colleague has begun something on the case."""
    return CaseDraft.objects.filter(inquiry=inquiry, writer=writer).exists()


def open_draft(inquiry: Inquiry, writer: "User", own_key: OwnKey, opener: Opener) -> Fields:
    """Return what this colleague has begun on the case; nothing while it does not open."""
    draft = CaseDraft.objects.filter(inquiry=inquiry, writer=writer).select_related("key").first()
    if draft is None:
        return {}
    try:
        private = own_key() if draft.key is None else opener(draft.key)
        fields: Fields = json.loads(open_sealed(bytes(draft.sealed), private, draft.pk, CaseDraft.SEALED_FIELD))
    except (KeysMissing, SealBroken):
        return {}
    return fields
