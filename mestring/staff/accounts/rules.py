"""What must not happen to accounts: no colleague lets themself read, and no last one of a kind is lost."""

from collections.abc import Iterable

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contact.keys.inbox_openers import is_last_opener
from contact.keys.keyring import lock_keyring
from contact.permissions import BACKEND, READER
from mestring.roles import ACCOUNTS

ADMINISTERS = "auth.change_user"


def administrators() -> QuerySet[User]:
    """Return the colleagues who can log in and administer accounts; an invitation that waits is not enough."""
    able = User.objects.with_perm(ADMINISTERS, backend=BACKEND).filter(is_staff=True)
    return able.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def administers(user: User) -> bool:
    """Say whether a colleague is one of them."""
    return administrators().filter(pk=user.pk).exists()


def objections(
    person: User, by: User | None, roles: Iterable[Group], is_active: bool, is_superuser: bool
) -> list[str]:
    """Return a sentence for each reason not to give an account these roles, and this right to log in.

    Call it in the transaction that changes the account: of two changes at once, the second one is judged anew.
    """
    lock_keyring(may_be_planted=True)  # while an intruder's key stands there, their account must be closed too
    list(Group.objects.select_for_update().filter(name=ACCOUNTS))
    chosen, found = set(roles), []
    if by and by.pk == person.pk and any(map(opens_inbox, chosen - set(person.groups.all()))):
        found.append(_("You cannot give yourself a role in the inbox. Ask a colleague who administers accounts."))
    if person.pk is None:
        return found
    if is_last_opener(person) and not (is_active and any(has_right(role, READER) for role in chosen)):
        found.append(_("No other colleague can open the inbox. Let another one in first."))
    stays = is_active and (is_superuser or any(has_right(role, ADMINISTERS) for role in chosen))
    if not stays and not administrators().exclude(pk=person.pk).exists() and administers(person):
        found.append(_("No other colleague administers accounts. Give another one the role Kontoer first."))
    return found


def opens_inbox(role: Group) -> bool:
    """Say whether a role holds any right over inquiries or their keys."""
    return role.permissions.filter(content_type__app_label="contact").exists()


def has_right(role: Group, right: str) -> bool:
    """Say whether a role holds a right."""
    app, _dot, name = right.partition(".")
    return role.permissions.filter(content_type__app_label=app, codename=name).exists()
