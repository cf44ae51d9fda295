"""A change of an account stands in the access log, ends logins where it must, and is told to its colleague."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from contact.audit.access_log import note
from contact.keys.sessions import end_sessions
from contact.models import AccessEntry
from mestring.staff.models import AccountMail

Action = AccessEntry.Action
Kind = AccountMail.Kind
LONGEST_NAME = 70  # characters of each of two names in one entry


@dataclass(frozen=True)
class AccountState:
    """What of an account is watched."""

    name: str  # to log in with; the log knows the colleague by it
    first_and_last: tuple[str, str]  # colleagues know each other by it
    email: str
    is_active: bool
    roles: frozenset[str]


def state_of(person: User) -> AccountState:
    """Return what is stored now."""
    stored = User.objects.get(pk=person.pk)
    roles = set(stored.groups.values_list("name", flat=True))
    if stored.is_superuser:
        roles.add(_("Administrator"))
    first_and_last = stored.first_name, stored.last_name
    return AccountState(stored.username, first_and_last, stored.email, stored.is_active, frozenset(roles))


def account_made(person: User, by: User | None) -> None:
    """Log a new account, and each role that it has."""
    note(Action.ACCOUNT_MADE, by, person)
    _note_roles(Action.ROLE_GIVEN, person, by, state_of(person).roles)


def account_changed(person: User, by: User, before: AccountState) -> None:
    """Log what is another than before, and tell the colleague."""
    now = state_of(person)
    _note_roles(Action.ROLE_GIVEN, person, by, now.roles - before.roles)
    _note_roles(Action.ROLE_TAKEN, person, by, before.roles - now.roles)
    if now.roles != before.roles:
        tell(Kind.ROLES, person)
    if now.name != before.name:
        # Two names could otherwise be swapped, and what one colleague does stand under the other's.
        note(Action.ACCOUNT_RENAMED, by, User(username=before.name[:LONGEST_NAME]), role=now.name[:LONGEST_NAME])
    if now.first_and_last != before.first_and_last:
        note(Action.PERSON_RENAMED, by, person)
    if (now.name, now.first_and_last) != (before.name, before.first_and_last):
        tell(Kind.NAME, person)
    if now.email != before.email:
        note(Action.EMAIL_CHANGED, by, person)
        for address in filter(None, (before.email, now.email)):
            tell(Kind.EMAIL, person, address)
    if now.is_active != before.is_active:
        note(Action.ACCOUNT_OPENED if now.is_active else Action.ACCOUNT_CLOSED, by, person)
        tell(Kind.OPENED if now.is_active else Kind.CLOSED, person)
        if not now.is_active:
            end_sessions(person)


def account_deleted(person: User, by: User) -> None:
    """Log it. The colleague was told when the account was closed, which comes first."""
    note(Action.ACCOUNT_DELETED, by, person)


def password_changed(person: User) -> None:
    """Log that a colleague has chosen another password, and say so by mail: it may have been another person."""
    note(Action.PASSWORD_CHANGED, person, person)
    tell(Kind.PASSWORD, person)


def tell(kind: AccountMail.Kind, person: User, address: str = "") -> None:
    """Put a mail of fixed words into the outbox. Without an address none goes: the first page asks for one."""
    if to := address or person.email:
        AccountMail.objects.create(kind=kind, person=person, address=to)


def _note_roles(action: AccessEntry.Action, person: User, by: User | None, roles: frozenset[str]) -> None:
    for role in sorted(roles):
        note(action, by, person, role=role)
