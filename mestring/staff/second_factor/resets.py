"""A lost phone: an administrator asks for a reset of the second step, and a second colleague confirms it.

One person alone must not be able to let a thief of a password in, nor shut a colleague out.
"""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from contact.audit.access_log import note
from contact.models import AccessEntry
from contact.permissions import holds_right
from mestring.staff.accounts.rules import ADMINISTERS
from mestring.staff.models import SecondFactorReset
from mestring.staff.second_factor.codes import reset_second_factor

PATIENCE = timedelta(days=1)
ASKS = ADMINISTERS
CONFIRMS = "contact.change_grant"  # keyholders; another colleague who administers accounts can confirm too


class NotAllowed(Exception):
    """The colleague may not ask, or may not confirm what was asked."""


def is_concerned(by: User) -> bool:
    """Say whether the colleague may ask for resets or confirm those of others."""
    return by.has_perm(ASKS) or holds_right(by, CONFIRMS)


def may_ask(by: User, person: User) -> bool:
    """Say whether this colleague may ask for a reset: an administrator, for another."""
    return by.has_perm(ASKS) and by.pk != person.pk


def may_confirm(by: User, asked: SecondFactorReset) -> bool:
    """Say whether this colleague is the second person: neither the one who asked nor the one who gains by it."""
    others = by.pk not in (asked.asked_by_id, asked.person_id)
    return others and is_concerned(by) and asked.asked_by.has_perm(ASKS)


def asked_for(person: User) -> SecondFactorReset | None:
    """Return what was asked for a colleague within a day."""
    return waiting_resets().filter(person=person).first()


def waiting_resets() -> "models.QuerySet[SecondFactorReset]":
    """Return what waits for a second person, oldest first."""
    newer = timezone.now() - PATIENCE
    return SecondFactorReset.objects.filter(asked_at__gt=newer, asked_by__is_active=True).order_by("asked_at")


@transaction.atomic
def ask_for_reset(person: User, by: User) -> None:
    """Write down that an administrator asks for it. Raises NotAllowed."""
    if not may_ask(by, person):
        raise NotAllowed
    SecondFactorReset.objects.update_or_create(
        person=person, defaults={"asked_by": by, "asked_at": timezone.now()}
    )
    note(AccessEntry.Action.RESET_ASKED, by, person)


@transaction.atomic
def confirm_reset(person: User, by: User) -> None:
    """Take the second step away, once two colleagues want it. Raises NotAllowed."""
    asked = asked_for(person)
    if asked is None or not may_confirm(by, asked):
        raise NotAllowed
    if not SecondFactorReset.objects.filter(pk=asked.pk, asked_at=asked.asked_at).delete()[0]:
        raise NotAllowed  # confirmed by another, or asked for anew, a moment ago
    reset_second_factor(person, by)


def withdraw_reset(person: User, by: User) -> None:
    """Forget what was asked: any colleague who may ask or confirm can say no. Raises NotAllowed."""
    if not is_concerned(by):
        raise NotAllowed
    SecondFactorReset.objects.filter(person=person).delete()
