"""What a colleague has begun to write on a case: kept until it is sent, and opened for its writer alone."""

import json
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import transaction
from django.utils import timezone

from contact.crypto.sealing import SealBroken, open_sealed, seal
from contact.keys.key_holders import server_can_open
from contact.keys.keyring import KeysMissing, Opener, sealing_key
from contact.models import CaseDraft, InboxKey, Inquiry, StaffKey

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Fields = dict[str, str]
OwnKey = Callable[[], X25519PrivateKey]  # raises KeysMissing while the writer has not unlocked


def keep_draft(
    inquiry: Inquiry, writer: "User", fields: Fields, page: UUID, shown: UUID | None, own_key: OwnKey
) -> None:
    """Store what stands in the fields of a page in place of what it kept before and of the draft that it `shown`.

    Empty fields take these away, and no draft that another page keeps: a page that never showed it knows nothing
    of it.
    """
    earlier = CaseDraft.objects.filter(inquiry=inquiry, writer=writer, pk__in=[page, shown])
    if not fields:
        earlier.delete()
        return
    staff_key, generation, public = _holder_for(writer, own_key)
    sealed = seal(json.dumps(fields).encode(), public, page, CaseDraft.SEALED_FIELD)
    with transaction.atomic():
        # A page may keep two at once: the case's row lets one wait for the other.
        if Inquiry.objects.select_for_update().filter(pk=inquiry.pk).values_list("pk").first() is None:
            return
        earlier.delete()
        CaseDraft.objects.create(
            pk=page, inquiry_id=inquiry.pk, writer=writer, staff_key=staff_key, key=generation, sealed=sealed,
            saved_at=timezone.now(),
        )  # fmt: skip


def _holder_for(writer: "User", own_key: OwnKey) -> tuple[StaffKey | None, InboxKey | None, X25519PublicKey]:
    """Return to whom a draft is sealed, and under which of its two keys it stands.

    The public key of the colleague's row may be an intruder's: only of what the colleague has unlocked is it
    certain. Locked, the draft is sealed to the inbox's key, which is pinned; it goes with the colleague's all the
    same.
    """
    staff_key = None if server_can_open() else StaffKey.objects.filter(user=writer).first()
    if staff_key is not None:
        with suppress(KeysMissing):
            return staff_key, None, own_key().public_key()
    return staff_key, *sealing_key()


def drop_drafts(numbers: Collection[UUID]) -> None:
    """Take these drafts away."""
    CaseDraft.objects.filter(pk__in=numbers).delete()


def count_drafts(inquiry: Inquiry, writer: "User") -> int:
    """Return how many drafts this colleague has on the case: one for each page that was left with words."""
    return CaseDraft.objects.filter(inquiry=inquiry, writer=writer).count()


def open_drafts(inquiry: Inquiry, writer: "User", own_key: OwnKey, opener: Opener) -> dict[UUID, Fields]:
    """Return the drafts of this colleague on the case that open now, by number, the newest first."""
    opened = dict[UUID, Fields]()
    drafts = CaseDraft.objects.filter(inquiry=inquiry, writer=writer).select_related("key")
    for draft in drafts.order_by("-saved_at"):
        with suppress(KeysMissing, SealBroken):
            private = own_key() if draft.key is None else opener(draft.key)
            opened[draft.pk] = json.loads(
                open_sealed(bytes(draft.sealed), private, draft.pk, CaseDraft.SEALED_FIELD)
            )
    return opened
