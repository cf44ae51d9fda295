"""Generations: a new inbox key for those who hold the last one, and the end of the server's own grant.

Everything here happens in one transaction, under one lock, so that nobody is let into a generation that is
just being replaced. What is sealed already is never touched: old generations keep their grants.
"""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit.access_log import note
from contact.crypto.sealing import SealBroken
from contact.keys import keyring
from contact.keys.grants import give, vouched_holder
from contact.keys.keyring import KeysMissing, Opener, fits, newest_key, pin
from contact.models import AccessEntry, Grant, InboxKey
from contact.permissions import inbox_readers

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
Principal = Grant.Principal
SETTLED = timedelta(days=1)


class Refused(Exception):
    """Refused: nobody, or nobody but the paper, could open something afterwards. Says what to do first."""


def hold_keyring() -> None:
    """Wait until nobody else changes the keyring; to be called first in a transaction.

    `no_key`: inquiries that come in meanwhile refer to the same row, and must not wait.
    """
    InboxKey.objects.select_for_update(no_key=True).order_by("generation").first()


def new_generation(opener: Opener, by: "User | None" = None, *, paper: bytes | None = None) -> InboxKey:
    """Make a new inbox key for everybody who holds the newest one, or for another `paper` than the last.

    Raises KeysMissing, PaperWrong, Refused.
    """
    with transaction.atomic():
        hold_keyring()
        return _next(opener, by, paper=paper)


def remove_server(opener: Opener, by: "User | None" = None) -> InboxKey:
    """Take the server's grants, on all generations, and start one that it cannot open.

    Raises KeysMissing, PaperWrong, Refused.
    """
    with transaction.atomic():
        hold_keyring()
        if not keyring.is_paper_proven():
            raise Refused(_("Prove the recovery paper first."))
        if not staff_grants().exists():
            raise Refused(_("Let in a colleague first. Otherwise only the paper could open the inbox."))
        if in_use().exclude(grants__staff_key__user__in=inbox_readers()).exists():
            raise Refused(_("There are older inquiries that no colleague could open. Let one in with the paper."))
        key = _next(opener, by, server=False)
        Grant.objects.filter(principal=Principal.SERVER).delete()
        note(Action.SERVER_REMOVED, by)
        return key


def staff_grants() -> QuerySet[Grant]:
    """Return the newest generation's grants of colleagues who can log in and may read."""
    return Grant.objects.filter(key=newest_key(), principal=Principal.STAFF, staff_key__user__in=inbox_readers())


def in_use() -> QuerySet[InboxKey]:
    """Return the generations to which something stored is sealed, in whatever table."""
    sealed = [
        Exists(relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")}))
        for relation in InboxKey._meta.related_objects
        if relation.related_model is not Grant
    ]
    return InboxKey.objects.filter(reduce(or_, (Q(one) for one in sealed)))


def forget_empty() -> int:
    """Delete the grants of old generations to which nothing is sealed any more; return how many.

    Only a day after they were replaced: an inquiry that is being stored at this moment may still be theirs.
    """
    settled = InboxKey.objects.filter(created__lte=timezone.now() - SETTLED).order_by("-generation").first()
    if settled is None:
        return 0
    with transaction.atomic():
        hold_keyring()
        empty = InboxKey.objects.filter(generation__lt=settled.generation).exclude(pk__in=in_use().values("pk"))
        return Grant.objects.filter(key__in=empty).delete()[0]


def opened(opener: Opener, key: InboxKey) -> X25519PrivateKey:
    """Return the private half, made sure that it is this generation's. Raises KeysMissing, PaperWrong."""
    try:
        private = opener(key)
    except SealBroken:
        private = None
    if private is None or not fits(private, key):
        raise KeysMissing(_("What is stored does not open this inbox key. Ask whoever runs the site."))
    return private


def _next(opener: Opener, by: "User | None", *, server: bool = True, paper: bytes | None = None) -> InboxKey:
    last = newest_key()
    # Opened, although sealing would need no secret: only so can the holders' public keys be trusted.
    known = opened(opener, last)
    inbox = X25519PrivateKey.generate()
    key = InboxKey.objects.create(generation=last.generation + 1, public_key=inbox.public_key().public_bytes_raw())
    may_read = Q(staff_key=None) | Q(staff_key__user__in=inbox_readers())
    for grant in last.grants.filter(may_read).select_related("staff_key__user"):
        who, proven_at = Principal(grant.principal), grant.proven_at  # the same paper: a proof stays one
        if who == Principal.RECOVERY and paper:
            give(key, inbox, who, paper, proven_at=timezone.now())  # somebody has just typed it
        elif who != Principal.SERVER or server:
            give(key, inbox, who, _holder(grant, known), staff_key=grant.staff_key, proven_at=proven_at)
    note(Action.GENERATION, by)
    pin(key)  # before the commit: a crash leaves a line too many, which pins nothing
    return key


def _holder(grant: Grant, inbox: X25519PrivateKey) -> bytes:
    public = vouched_holder(grant, inbox)
    if public is None and grant.holder_public is None and grant.principal == Principal.SERVER:
        public = keyring.server_public()
    if public is not None:
        return public
    if grant.staff_key:
        who = {"name": grant.staff_key.user.get_username()}
        raise Refused(_("The key of %(name)s is not the one that was let in. Remove %(name)s first.") % who)
    raise Refused(_("Prove the recovery paper first, so that the new key can be sealed to it."))
