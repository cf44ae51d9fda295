"""Colleagues and the inbox: enrolling with a passphrase, being let in, being removed.

Enrolling and letting in are two steps: a passphrase opens nothing until a colleague who can open the inbox lets
its owner in. No other person ever learns it. Each step is one transaction, and none touches what is sealed.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from contact.audit.access_log import note
from contact.keys.chain import open_all
from contact.keys.generations import try_new_generation
from contact.keys.grants import create_grant
from contact.keys.inbox_openers import is_last_opener
from contact.keys.keyring import (
    KeyringRefused,
    Opener,
    has_a_holder_left,
    is_newest_planted,
    is_newest_taken_away,
    is_removed,
    lock_keyring,
    newest_key,
    pin_left,
    pin_removed,
    trusted_key,
)
from contact.keys.sessions import end_sessions
from contact.keys.staff_keys import make_pair, refuse_weak
from contact.models import AccessEntry, Grant, NewPaper, StaffKey
from contact.permissions import inbox_readers

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
Principal = Grant.Principal


def enrol(user: "User", passphrase: str, paper: Opener | None = None) -> StaffKey:
    """Give a colleague a new key pair under this passphrase, in place of one whose passphrase is forgotten.

    The key opens nothing until it is let in; a colleague who has the recovery paper at hand is let in with it at
    once. The last one who can open the inbox must have it: else a lost paper would be found out when nothing opens
    any more. Raises PassphraseWeak, PaperWrong, KeyringRefused.
    """
    refuse_weak(user, passphrase)
    _private, columns = make_pair(user, passphrase)  # slow, so before the transaction
    with transaction.atomic():
        lock_keyring()
        if paper is None and is_last_opener(user):
            raise KeyringRefused(
                _(
                    "You are the last one who can open the inbox. Fetch the recovery paper, and type its four "
                    "lines."
                )
            )
        old = StaffKey.objects.filter(user=user).first()
        had_grants = old is not None and old.grants.exists()
        held = newest_key() if had_grants else None
        StaffKey.objects.filter(user=user).delete()  # with its grants, which no passphrase opens any more
        key = StaffKey.objects.create(user=user, **columns)
        if had_grants:
            note(Action.REVOKED, user, user)  # what is forgotten may be known to others: a new generation is due
        note(Action.ENROLLED, user, user)
        if paper is not None:
            let_in([key], paper, user)
        if held is not None:
            pin_left(held)
        if old is not None:
            pin_removed(bytes(old.public_key))
    return key


def let_in(staff_keys: Iterable[StaffKey], opener: Opener, by: "User | None" = None) -> None:
    """Give colleagues every generation that the opener opens, unless one of them has changed keys meanwhile.

    A generation that is due is made on this occasion, as the opener is at hand.
    Raises KeysMissing, PaperWrong, KeyringRefused.
    """
    with transaction.atomic():
        lock_keyring()
        wanted = {(staff_key.pk, bytes(staff_key.public_key)) for staff_key in staff_keys}
        rows = StaffKey.objects.filter(pk__in=[pk for pk, _public in wanted], user__in=inbox_readers())
        unchanged = list(rows.select_related("user"))
        if {(staff_key.pk, bytes(staff_key.public_key)) for staff_key in unchanged} != wanted:
            raise KeyringRefused(
                _("A colleague has chosen another passphrase meanwhile. Compare the codes again.")
            )
        if any(is_removed(public) for _pk, public in wanted):
            raise KeyringRefused(
                _("One of these keys was taken out of the inbox before. Its owner must choose a new passphrase.")
            )
        _grant_all(unchanged, opener)
        for staff_key in unchanged:
            note(Action.GRANTED, by, staff_key.user)
        if is_generation_due():
            try_new_generation(opener, by)


def remove(staff_key: StaffKey, by: "User | None" = None, opener: Opener | None = None) -> None:
    """Take away a colleague's key, grants and sessions, and start a generation that was never theirs.

    Without an opener the new generation is left to be made: a removal must be quick, and so needs no passphrase.
    It waits for no look at a key that an intruder may have put there either.
    Raises KeyringRefused when only the paper would be left; KeysMissing and PaperWrong from the opener.
    """
    with transaction.atomic():
        lock_keyring(may_be_planted=True)
        is_let_in = staff_key.grants.exists()
        held = newest_key() if is_let_in else None
        if is_let_in:
            _refuse_to_remove_the_last(staff_key)
        user = staff_key.user
        StaffKey.objects.filter(pk=staff_key.pk).delete()  # with its grants, and with its unlocked copies
        end_sessions(user)
        if NewPaper.objects.filter(made_by=user).delete()[0]:
            note(Action.PAPER_KEPT, by)  # the one who leaves may have kept its lines
        note(Action.REVOKED if is_let_in else Action.UNENROLLED, by, user)
        if is_let_in and opener:
            try_new_generation(opener, by)
        # Last, as it cannot be taken back: a crash after it leaves a colleague who must choose a new passphrase.
        if held is not None:
            pin_left(held)
        pin_removed(bytes(staff_key.public_key))


def is_generation_due() -> bool:
    """Say whether a holder of the newest generation was removed or has changed keys, or an intruder was at it."""
    if is_newest_planted() or is_newest_taken_away():
        return True
    newest = newest_key()
    if has_a_holder_left(newest):
        return True
    gone = (Action.REVOKED, Action.REPHRASED)
    return AccessEntry.objects.filter(action__in=gone, at__gt=newest.created).exists()


def _refuse_to_remove_the_last(staff_key: StaffKey) -> None:
    of_others = Grant.objects.filter(key=trusted_key()).exclude(staff_key=staff_key)
    if not of_others.filter(principal=Principal.RECOVERY).exists():
        raise KeyringRefused(_("There is no recovery paper for this inbox key."))
    if not of_others.filter(Q(principal=Principal.SERVER) | Q(staff_key__user__in=inbox_readers())).exists():
        raise KeyringRefused(_("No other colleague can open the inbox. Let one in first."))


def _grant_all(staff_keys: list[StaffKey], opener: Opener) -> None:
    for key, inbox in open_all(opener).items():
        held = set(key.grants.values_list("staff_key", flat=True))
        for staff_key in staff_keys:
            if staff_key.pk not in held:
                create_grant(key, inbox, Principal.STAFF, bytes(staff_key.public_key), staff_key=staff_key)
