"""Whose case it is: a colleague takes a case, gives it back or hands it over, so that exactly one answers.

Each step names the owner that the page showed, and one statement compares and changes it: of two colleagues at
once one wins, and the other learns who owns the case now.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from contact.audit import access_log
from contact.keys.inbox_openers import inbox_openers
from contact.keys.key_holders import server_can_open, server_holds_a_grant
from contact.models import AccessEntry, Inquiry
from contact.permissions import display_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


class OwnerChanged(Exception):
    """Another colleague was quicker. The message says whose case it is now."""

    def __init__(self, inquiry: Inquiry) -> None:
        names = {"reference": inquiry.reference, "name": display_name(inquiry.owner) if inquiry.owner else ""}
        owned = _("%(name)s has %(reference)s now. Nothing is changed.")
        free = _("No colleague has %(reference)s any more. Nothing is changed.")
        super().__init__((owned if inquiry.owner else free) % names)


class CannotOpen(Exception):
    """The colleague cannot open the inbox, so they cannot own a case."""


def take(inquiry: Inquiry, user: "User") -> None:
    """Make this user the owner of a free case. A second click changes nothing. Raises CannotOpen, OwnerChanged."""
    if not inbox_openers().filter(pk=user.pk).exists():
        raise CannotOpen
    _move(inquiry, None, user, Action.TAKEN, user)


def give_back(inquiry: Inquiry, user: "User") -> None:
    """Free the case of this user. Raises OwnerChanged."""
    _move(inquiry, user.pk, None, Action.GIVEN_BACK, user)


def hand_over(inquiry: Inquiry, to: int, user: "User", *, seen: int | None) -> None:
    """Give the case to a colleague, or take it over from its owner, who may be ill.

    `to` is the colleague, `seen` the owner that the page showed. Raises OwnerChanged, CannotOpen.
    """
    colleague = next((one for one in inbox_openers() if one.pk == to), None)
    if colleague is None:
        raise CannotOpen
    _move(inquiry, seen, colleague, Action.TAKEN if colleague == user else Action.HANDED_OVER, user)


def is_free() -> Q:
    """Return the condition for a free case: it has no owner, or an owner who cannot open the inbox any more.

    It is computed where cases are listed, so that it holds at once: there are many ways to lose a right. The
    accounts that lost it are looked up first. Usually there are none, and then the index for cases without an
    owner serves the query.
    """
    former = list(_former_openers().values_list("pk", flat=True))
    return Q(owner=None) | Q(owner__in=former) if former else Q(owner=None)


def free_orphaned_cases() -> int:
    """Free the cases whose owner cannot open the inbox any more, and log it. Return how many.

    None while the server holds the inbox with a key file that this process cannot use, as when the delivery
    process is a user of its own: the server may open it for every owner.
    """
    if server_holds_a_grant() and not server_can_open():
        return 0
    return _free(Inquiry.objects.filter(owner__in=_former_openers().values("pk")))


def listen() -> None:
    """Free the cases of an account right before it is deleted, while the log can still name the owner."""
    pre_delete.connect(_free_before_deletion, sender=get_user_model(), dispatch_uid="whose case")


def _free_before_deletion(instance: "User", **_more: Any) -> None:
    _free(Inquiry.objects.filter(owner=instance))


def _former_openers() -> "QuerySet[User]":
    """Return the accounts that own a case and cannot open the inbox."""
    has_a_case = Exists(Inquiry.objects.filter(owner=OuterRef("pk")))
    return get_user_model().objects.filter(has_a_case).exclude(pk__in=inbox_openers().values("pk"))


def _free(rows: QuerySet[Inquiry]) -> int:
    number = 0
    for inquiry in rows.select_related("owner").only("reference", "owner"):
        with transaction.atomic():
            if Inquiry.objects.filter(pk=inquiry.pk, owner=inquiry.owner_id).update(owner=None):
                access_log.note(Action.FREED, about=inquiry.owner, inquiry=inquiry)
                number += 1
    return number


def _move(inquiry: Inquiry, seen: int | None, to: "User | None", action: AccessEntry.Action, user: "User") -> None:
    with transaction.atomic():
        if seen is None and inquiry.owner_id:  # the page shows an orphaned case as free
            _free(Inquiry.objects.filter(pk=inquiry.pk, owner__in=_former_openers().values("pk")))
        if Inquiry.objects.filter(pk=inquiry.pk, owner=seen).update(owner=to):
            access_log.note(action, user, to if to != user else None, inquiry=inquiry)
            return
    inquiry.refresh_from_db(fields=["owner"])
    if inquiry.owner != to:
        raise OwnerChanged(inquiry)
