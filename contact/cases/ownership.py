"""Whose case it is: one colleague takes it, gives it back or hands it on, so that nobody and not two answer.

Each step names whose case it was when somebody pressed the button, and one statement decides: of two at once one
wins, and the other is told who has it.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from contact.audit import access_log
from contact.models import AccessEntry, Inquiry
from contact.permissions import display_name, inbox_readers

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


class Taken(Exception):
    """Somebody else was quicker. The message says whose case it is now."""

    def __init__(self, inquiry: Inquiry) -> None:
        names = {"reference": inquiry.reference, "name": display_name(inquiry.owner) if inquiry.owner else ""}
        has_it = _("%(name)s has %(reference)s now. Nothing is changed.")
        nobody = _("Nobody has %(reference)s any more. Nothing is changed.")
        super().__init__((has_it if inquiry.owner else nobody) % names)


class NotAReader(Exception):
    """A case is only ever handed to somebody who may read it."""


def take(inquiry: Inquiry, user: "User") -> None:
    """Make nobody's case one's own. A second click changes nothing. Raises Taken."""
    _move(inquiry, None, user, Action.TAKEN, user)


def give_back(inquiry: Inquiry, user: "User") -> None:
    """Make one's own case nobody's. Raises Taken."""
    _move(inquiry, user.pk, None, Action.GIVEN_BACK, user)


def hand_over(inquiry: Inquiry, to: int, user: "User", *, seen: int | None) -> None:
    """Give a case to a colleague, or take it over: whoever has it may be ill. Raises Taken, NotAReader."""
    colleague = next((one for one in inbox_readers() if one.pk == to), None)
    if colleague is None:
        raise NotAReader
    _move(inquiry, seen, colleague, Action.TAKEN if colleague == user else Action.HANDED_OVER, user)


def is_free() -> Q:
    """Return the condition for a free case: it has no owner, or one who may not read inquiries any more.

    It is computed where cases are looked at, so that it holds at once: there are many ways to lose a right. The
    accounts that lost it are asked for first. There are seldom any, and then the index for cases without an owner
    serves the query.
    """
    strays = list(_former_readers().values_list("pk", flat=True))
    return Q(owner=None) | Q(owner__in=strays) if strays else Q(owner=None)


def free_strays() -> int:
    """Take their owner from the cases whose owner may not read them any more, and log it. Return how many."""
    return _free(Inquiry.objects.filter(owner__in=_former_readers().values("pk")))


def listen() -> None:
    """Free the cases of whoever's account is deleted, while it can still be said whose they were."""
    pre_delete.connect(_account_goes, sender=get_user_model(), dispatch_uid="whose case")


def _account_goes(instance: "User", **_more: Any) -> None:
    _free(Inquiry.objects.filter(owner=instance))


def _former_readers() -> "QuerySet[User]":
    """Return the accounts that have a case and may not read inquiries."""
    has_a_case = Exists(Inquiry.objects.filter(owner=OuterRef("pk")))
    return get_user_model().objects.filter(has_a_case).exclude(pk__in=inbox_readers().values("pk"))


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
        if seen is None and inquiry.owner_id:  # pages show a case as free when its owner may not read it any more
            _free(Inquiry.objects.filter(pk=inquiry.pk, owner__in=_former_readers().values("pk")))
        if Inquiry.objects.filter(pk=inquiry.pk, owner=seen).update(owner=to):
            access_log.note(action, user, to if to != user else None, inquiry=inquiry)
            return
    inquiry.refresh_from_db(fields=["owner"])
    if inquiry.owner != to:
        raise Taken(inquiry)
