"""The chain: each generation carries a MAC that only a holder of the one before can have made.

It is walked from the first generation to the newest before any key is handed on. An intruder who can write to the
database and to the file of fingerprints can seal a key of their own to every holder and pin it, but cannot make
that MAC: its key is the private half of a generation that was never theirs.
"""

import hmac
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.audit.access_log import note
from contact.crypto.sealing import SealBroken
from contact.keys.keyring import (
    KeyringRefused,
    KeysMissing,
    Opener,
    is_pinned,
    is_private_half,
    lock_keyring,
    trusted_key,
)
from contact.keys.recovery_paper import PaperWrong
from contact.models import AccessEntry, Grant, InboxKey

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIRST = 1
NOT_LINKED = gettext_lazy(
    "The inbox key number %(number)s was not made by a holder of the one before: an intruder may have put it into "
    "the database. No key was handed on. Tell the person who runs the site, who compares the keys with what was "
    "written down (“manage.py inbox status”)."
)


def open_generation(opener: Opener, key: InboxKey) -> X25519PrivateKey:
    """Return the private half, checked to be this generation's. Raises KeysMissing, PaperWrong."""
    try:
        private = opener(key)
    except SealBroken:
        private = None
    if private is None or not is_private_half(private, key):
        raise KeysMissing(_("What is stored does not open this inbox key. Ask the person who runs the site."))
    return private


def open_chain(opener: Opener) -> dict[InboxKey, X25519PrivateKey]:
    """Return the private half of every generation that was made here, the oldest first, each following the last.

    Raises KeysMissing and PaperWrong when the newest does not open, KeyringRefused when the chain is not whole.
    """
    newest = trusted_key()
    opened = {newest: open_generation(opener, newest)}  # first: an opener who is not in learns just that
    chain: dict[InboxKey, X25519PrivateKey] = {}
    before = None
    for key in _held():
        private = opened.get(key) or _open_older(opener, key)
        if before is not None and not _follows(key, before):
            raise KeyringRefused(NOT_LINKED % {"number": key.generation})
        chain[key] = before = private
    return chain


def open_all(opener: Opener) -> dict[InboxKey, X25519PrivateKey]:
    """Return the chain, and before it what else the opener opens: keys that are not pinned, answered or not.

    Raises what open_chain does.
    """
    chain, others = open_chain(opener), {}
    for key in InboxKey.objects.order_by("generation"):
        if key not in chain:
            try:
                others[key] = open_generation(opener, key)
            except (KeysMissing, PaperWrong):
                continue  # planted by an intruder who granted it to no holder, or tidied away
    return others | chain


def link_to(before: X25519PrivateKey, key: InboxKey) -> bytes:
    """Return the MAC of this key under the private half of the generation before: only its holders make it."""
    derive = HKDF(SHA256(), 32, salt=None, info=b"mestring.contact.generation v1").derive
    made = f"{key.generation} ".encode() + bytes(key.public_key)
    return hmac.digest(derive(before.private_bytes_raw()), made, "sha256")


def link(generation: int, opener: Opener, by: "User | None" = None) -> InboxKey:
    """Link a generation from before there were links to the one before, once a person has compared fingerprints.

    Raises KeysMissing, PaperWrong, KeyringRefused.
    """
    with transaction.atomic():
        lock_keyring()
        held = _held()
        place = next((at for at, key in enumerate(held) if key.generation == generation), 0)
        if not place:
            raise KeyringRefused(_("There is no key of this number that follows another one."))
        key, before = held[place], _open_older(opener, held[place - 1])
        _open_older(opener, key)
        key.link = link_to(before, key)
        key.save(update_fields=["link"])
        note(AccessEntry.Action.LINKED, by)
        return key


def keys_in_use() -> QuerySet[InboxKey]:
    """Return the generations to which something stored is sealed, in whatever table."""
    sealed = [
        Exists(relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")}))
        for relation in InboxKey._meta.related_objects
        if relation.related_model is not Grant
    ]
    return InboxKey.objects.filter(reduce(or_, (Q(one) for one in sealed)))


def _held() -> list[InboxKey]:
    """Return the pinned generations that are not tidied away, the oldest first. Raises KeyringRefused.

    The first must be pinned: an intruder who takes its line away would begin a chain of their own behind it.
    """
    keys = list(InboxKey.objects.filter(generation__gte=FIRST).order_by("generation"))
    if not keys or keys[0].generation != FIRST or not is_pinned(keys[0]):
        raise KeyringRefused(NOT_LINKED % {"number": FIRST})
    needed = set(Grant.objects.values_list("key", flat=True)) | set(keys_in_use().values_list("pk", flat=True))
    return [key for key in keys if key.pk in needed and is_pinned(key)]


def _open_older(opener: Opener, key: InboxKey) -> X25519PrivateKey:
    try:
        return open_generation(opener, key)
    except (KeysMissing, PaperWrong):
        raise KeyringRefused(
            _("There are older inquiries that you cannot open. A colleague who can must do this.")
        ) from None


def _follows(key: InboxKey, before: X25519PrivateKey) -> bool:
    return hmac.compare_digest(bytes(key.link or b""), link_to(before, key))
