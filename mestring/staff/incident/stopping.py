"""Stopping an account: logged out everywhere, and where it is wanted locked, with nothing left to log in with."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from contact.audit.access_log import note
from contact.keys.sessions import end_sessions
from contact.models import AccessEntry
from mestring.staff.accounts.changes import account_changed, state_of
from mestring.staff.accounts.rules import objections
from mestring.staff.login.open_logins import end_other_logins
from mestring.staff.second_factor.codes import reset_second_factor
from mestring.staff.sign_on.links import unlink

Action = AccessEntry.Action


@transaction.atomic
def stop_own(request: HttpRequest, person: User) -> None:
    """Log the colleague who asks out everywhere but here."""
    end_other_logins(request, person)
    note(Action.LOGINS_ENDED, person, person)


@transaction.atomic
def stop(person: User, by: User, *, lock: bool = False, take: bool = False) -> list[str]:
    """Log another colleague out everywhere, and lock the account. Return why it could not be locked.

    What the colleague logs in with is taken away from a locked account alone: with an open one, a thief who
    knows the password would set up a second step of their own.
    """
    reasons = _reasons_not_to_lock(person, by) if lock or take else []
    end_sessions(person)
    note(Action.LOGINS_ENDED, by, person)
    if reasons or not (lock or take):
        return reasons
    before = state_of(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    account_changed(person, by, before)
    if take:
        _take_away(person, by)
    return []


def _reasons_not_to_lock(person: User, by: User) -> list[str]:
    roles = person.groups.all()
    return objections(person, by, roles, is_active=False, is_superuser=person.is_superuser)


def _take_away(person: User, by: User) -> None:
    if person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
        note(Action.PASSWORD_TAKEN, by, person)
    if Authenticator.objects.filter(user=person).exists():
        reset_second_factor(person, by)
    unlink(person, by)
