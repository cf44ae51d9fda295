"""Generations: a new inbox key for the holders of the last one, and the end of the server's own grant.

Each change is one transaction under one lock, so that no colleague is let into a generation that is just being
replaced. What is sealed already is never touched: old generations keep their grants.
"""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit.access_log import note
from contact.keys import key_holders
from contact.keys.chain import keys_in_use, link_to, open_chain
from contact.keys.grants import create_grant, verified_holder
from contact.keys.keyring import (
    KeyringRefused,
    KeysMissing,
    Opener,
    is_newest_planted,
    is_removed,
    lock_keyring,
    newest_key,
    pin,
    pin_removed,
)
from contact.models import AccessEntry, Grant, InboxKey
from contact.permissions import inbox_readers

if TYPE_CHECKING:
    from django.contrib.auth.models import User

log = logging.getLogger("contact.keys")  # operators filter by this name (docs/operators.md)
Action = AccessEntry.Action
Principal = Grant.Principal
SETTLED = timedelta(days=1)
ENOUGH = 2  # with one, the inbox is read by the paper alone while that colleague is ill


def new_generation(opener: Opener, by: "User | None" = None, *, paper: bytes | None = None) -> InboxKey:
    """Make a new inbox key for every holder of the newest one; with `paper`, for that paper instead of the last.

    Raises KeysMissing, PaperWrong, KeyringRefused.
    """
    with transaction.atomic():
        lock_keyring(may_be_planted=True)  # a new key from the holders of the last pinned one is what mends that
        return _make_next(opener, by, paper=paper)


def try_new_generation(opener: Opener, by: "User | None" = None) -> None:
    """Make a new inbox key on the occasion of another step, which must not wait for what is wrong with a holder.

    When it cannot be made, it stays due, and the page about the keys says so.
    """
    try:
        with transaction.atomic():
            new_generation(opener, by)
    except (KeyringRefused, KeysMissing) as reason:
        log.warning("a new inbox key is due and could not be made: %s", type(reason).__name__)


def remove_server(opener: Opener, by: "User | None" = None) -> InboxKey:
    """Take the server's grants, on all generations, and start one that it cannot open.

    Raises KeysMissing, PaperWrong, KeyringRefused.
    """
    with transaction.atomic():
        lock_keyring()
        if not key_holders.is_paper_proven():
            raise KeyringRefused(_("Prove the recovery paper first."))
        if staff_grants().count() < (ENOUGH if settings.MODE == "live" else 1):
            raise KeyringRefused(
                _("Let in two colleagues first. With one, only the paper is left when that one is ill.")
            )
        of_server = keys_in_use().filter(grants__principal=Principal.SERVER)
        if of_server.exclude(grants__staff_key__user__in=inbox_readers()).exists():
            raise KeyringRefused(
                _("There are older inquiries that no colleague could open. Let one in with the paper.")
            )
        key = _make_next(opener, by, keep_server=False)
        gone = take_grants(Grant.objects.filter(principal=Principal.SERVER))
        note(Action.SERVER_REMOVED, by)
        for holder in gone:  # last, as it cannot be taken back
            pin_removed(holder)
        return key


def take_grants(grants: QuerySet[Grant]) -> set[bytes]:
    """Delete grants that no colleague owns; return whose they were, to be written down as removed."""
    holders = {bytes(public) for public in grants.values_list("holder_public", flat=True) if public}
    grants.delete()
    return holders


def staff_grants() -> QuerySet[Grant]:
    """Return the newest generation's grants of colleagues who can log in and may read."""
    return Grant.objects.filter(key=newest_key(), principal=Principal.STAFF, staff_key__user__in=inbox_readers())


def delete_unused_grants() -> int:
    """Delete the grants of the oldest generations, to which nothing is sealed any more; return how many.

    Only a day after they were replaced: an inquiry that is being stored at this moment may still be theirs.
    """
    settled = InboxKey.objects.filter(created__lte=timezone.now() - SETTLED).order_by("-generation").first()
    if settled is None:
        return 0
    with transaction.atomic():
        lock_keyring(may_be_planted=True)
        if is_newest_planted():
            return 0  # the last pinned generation is not old then: the next is made from its holders
        oldest = keys_in_use().order_by("generation").values_list("generation", flat=True).first()
        # Behind one that is in use all stay: the chain is walked through them.
        before = settled.generation if oldest is None else min(oldest, settled.generation)
        return Grant.objects.filter(key__generation__lt=before).delete()[0]


def _make_next(
    opener: Opener, by: "User | None", *, keep_server: bool = True, paper: bytes | None = None
) -> InboxKey:
    # Sealing needs no secret. The chain is opened all the same, to verify the last generation and its holders:
    # never one that an intruder put there, whose holders may be theirs.
    last, last_inbox = list(open_chain(opener).items())[-1]
    inbox = X25519PrivateKey.generate()
    key = InboxKey(generation=_number_after(last), public_key=inbox.public_key().public_bytes_raw())
    key.link = link_to(last_inbox, key)
    key.save()
    may_read = Q(staff_key=None) | Q(staff_key__user__in=inbox_readers())
    for grant in last.grants.filter(may_read).select_related("staff_key__user"):
        principal, proven_at = Principal(grant.principal), grant.proven_at  # the same paper: its proof stays
        if principal == Principal.RECOVERY and paper:
            create_grant(key, inbox, principal, paper, proven_at=timezone.now())  # it was typed just now
        elif principal != Principal.SERVER or keep_server:
            holder = _holder(grant, last_inbox)
            if is_removed(holder):
                continue  # one who was removed, and whose rows were put back into the database
            create_grant(key, inbox, principal, holder, staff_key=grant.staff_key, proven_at=proven_at)
    note(Action.GENERATION, by)
    pin(key)  # before the commit: a crash leaves a line too many, which pins nothing
    return key


def _number_after(last: InboxKey) -> int:
    """Return the next number, above the keys that an intruder put there: those with high numbers move down."""
    number = last.generation + 1
    for planted in InboxKey.objects.filter(generation__gt=last.generation).order_by("generation"):
        if planted.generation != number:
            planted.generation = number
            planted.save(update_fields=["generation"])
        number += 1
    return number


def _holder(grant: Grant, inbox: X25519PrivateKey) -> bytes:
    public = verified_holder(grant, inbox)
    if public is None and grant.holder_public is None and grant.principal == Principal.SERVER:
        public = key_holders.server_public()
    if public is not None:
        return public
    if grant.staff_key:
        name = {"name": grant.staff_key.user.get_username()}
        raise KeyringRefused(
            _("The key of %(name)s is not the one that was let in. Remove %(name)s first.") % name
        )
    raise KeyringRefused(_("Prove the recovery paper first, so that the new key can be sealed to it."))
