"""Colleagues and the inbox: enrolling with a passphrase, being let in, being removed.

Enrolling and letting in are two steps: a passphrase opens nothing until a colleague who can open the inbox lets
its owner in. No other person ever learns it. Each step is one transaction, and none touches what is sealed.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit.access_log import note
from contact.crypto import passphrase as phrases
from contact.crypto.base32 import encode
from contact.keys import key_holders, recovery
from contact.keys.generations import new_generation
from contact.keys.grants import create_grant, open_grant
from contact.keys.inbox_openers import is_last_opener
from contact.keys.keyring import KeyringRefused, KeysMissing, Opener, lock_keyring, newest_key, open_generation
from contact.keys.recovery_paper import PaperWrong
from contact.keys.sessions import end_sessions
from contact.models import AccessEntry, Grant, InboxKey, StaffKey
from contact.permissions import inbox_readers

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
Principal = Grant.Principal


def enrol(user: "User", passphrase: str, paper: str = "") -> StaffKey:
    """Give a colleague a new key pair under this passphrase, in place of one whose passphrase is forgotten.

    The key opens nothing until it is let in. The last colleague who can open the inbox types the recovery paper
    too, and is let in with it at once: else a lost paper would be found out when nothing opens any more.
    Raises PassphraseWeak, PaperWrong, KeyringRefused.
    """
    refuse_weak(user, passphrase)
    is_last = is_last_opener(user)
    if is_last:
        _refuse_without_paper(user, paper)
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    locked = phrases.lock_key(private, passphrase, place_of(user.pk, public))  # slow, so before the transaction
    with transaction.atomic():
        lock_keyring()
        if is_last_opener(user) and not is_last:  # another colleague has thrown theirs away meanwhile
            _refuse_without_paper(user, "")
        StaffKey.objects.filter(user=user).delete()  # with its grants, which no passphrase opens any more
        key = StaffKey.objects.create(user=user, public_key=public, **_columns(locked))
        note(Action.ENROLLED, user, user)
        if is_last:
            let_in([key], lambda generation: key_holders.open_with_recovery(generation, paper), user)
    return key


def change_passphrase(staff_key: StaffKey, private: X25519PrivateKey, passphrase: str) -> None:
    """Encrypt the same private key under another passphrase; all grants stay. Raises PassphraseWeak."""
    refuse_weak(staff_key.user, passphrase)
    locked = phrases.lock_key(private, passphrase, place_of(staff_key.user_id, bytes(staff_key.public_key)))
    with transaction.atomic():
        StaffKey.objects.filter(pk=staff_key.pk).update(passphrase_set=timezone.now(), **_columns(locked))
        note(Action.REPHRASED, staff_key.user, staff_key.user)


def open_private_key(staff_key: StaffKey, passphrase: str) -> X25519PrivateKey:
    """Return a colleague's private key. Slow on purpose. Raises PassphraseWrong."""
    cost = phrases.Cost(staff_key.memory_kib, staff_key.passes, staff_key.lanes)
    locked = phrases.LockedKey(bytes(staff_key.locked_private), bytes(staff_key.salt), cost)
    return phrases.unlock_key(locked, passphrase, place_of(staff_key.user_id, bytes(staff_key.public_key)))


def opener_of(staff_key: StaffKey, private: X25519PrivateKey) -> Opener:
    """Return the opener of a colleague whose private key is at hand."""
    pk = staff_key.pk

    def open_generation(key: InboxKey) -> X25519PrivateKey:
        try:
            return open_grant(key.grants.get(staff_key=pk), private)
        except Grant.DoesNotExist:
            raise KeysMissing(_("Nobody has let you into this part of the inbox yet. Ask a colleague.")) from None

    return open_generation


def let_in(staff_keys: Iterable[StaffKey], opener: Opener, by: "User | None" = None) -> None:
    """Give colleagues every generation that the opener opens, unless one of them has changed keys meanwhile.

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
        _grant_all(unchanged, opener)
        for staff_key in unchanged:
            note(Action.GRANTED, by, staff_key.user)


def remove(staff_key: StaffKey, by: "User | None" = None, opener: Opener | None = None) -> None:
    """Take away a colleague's key, grants and sessions, and start a generation that was never theirs.

    Without an opener the new generation is left to be made: a removal must be quick, and so needs no passphrase.
    Raises KeyringRefused when only the paper would be left; KeysMissing and PaperWrong from the opener.
    """
    with transaction.atomic():
        lock_keyring()
        is_let_in = staff_key.grants.exists()
        if is_let_in:
            _refuse_to_remove_the_last(staff_key)
        user = staff_key.user
        StaffKey.objects.filter(pk=staff_key.pk).delete()  # with its grants, and with its unlocked copies
        end_sessions(user)
        note(Action.REVOKED if is_let_in else Action.UNENROLLED, by, user)
        if is_let_in and opener:
            new_generation(opener, by)


def is_generation_due() -> bool:
    """Say whether a colleague was removed who has held the newest generation."""
    return AccessEntry.objects.filter(action=Action.REVOKED, at__gt=newest_key().created).exists()


def check_code(staff_key: StaffKey) -> str:
    """Return what a colleague and a keyholder compare aloud: 40 bits of the public key's digest."""
    symbols = encode(sha256(bytes(staff_key.public_key)).digest()[:5])
    return f"{symbols[:4]} {symbols[4:]}"


def fingerprint(staff_key: StaffKey) -> str:
    """Return the row and the whole digest of the public key: a code of 40 bits could be imitated."""
    return f"{staff_key.pk}-{sha256(bytes(staff_key.public_key)).hexdigest()}"


def refuse_weak(user: "User", passphrase: str) -> None:
    """Raise PassphraseWeak for what is easy to guess about this colleague, and for the login password."""
    phrases.refuse_weak(passphrase, [user.get_username(), user.first_name, user.last_name, user.email])
    if user.check_password(passphrase):
        raise phrases.PassphraseWeak(_("This is the password you log in with. The inbox needs one of its own."))


def place_of(user_id: int, public_key: bytes) -> bytes:
    """Return what binds a locked private key to its row."""
    return b"mestring.contact.staff-key v1 " + f"{user_id} ".encode() + public_key


def _refuse_without_paper(user: "User", paper: str) -> None:
    if not paper.strip():
        raise KeyringRefused(
            _("You are the last one who can open the inbox. Fetch the recovery paper, and type its four lines.")
        )
    recovery.prove_paper(paper, user)


def _refuse_to_remove_the_last(staff_key: StaffKey) -> None:
    of_others = Grant.objects.filter(key=newest_key()).exclude(staff_key=staff_key)
    if not of_others.filter(principal=Principal.RECOVERY).exists():
        raise KeyringRefused(_("There is no recovery paper for this inbox key."))
    if not of_others.filter(Q(principal=Principal.SERVER) | Q(staff_key__user__in=inbox_readers())).exists():
        raise KeyringRefused(_("Nobody else can open the inbox. Let in another colleague first."))


def _grant_all(staff_keys: list[StaffKey], opener: Opener) -> None:
    newest = newest_key()
    for key in InboxKey.objects.order_by("-generation"):
        try:
            inbox = open_generation(opener, key)
        except (KeysMissing, PaperWrong):
            if key == newest:
                raise
            continue  # a generation from before the opener's time: others hold it
        held = set(key.grants.values_list("staff_key", flat=True))
        for staff_key in staff_keys:
            if staff_key.pk not in held:
                create_grant(key, inbox, Principal.STAFF, bytes(staff_key.public_key), staff_key=staff_key)


def _columns(locked: phrases.LockedKey) -> dict[str, bytes | int]:
    return {
        "locked_private": locked.sealed,
        "salt": locked.salt,
        "memory_kib": locked.cost.memory_kib,
        "passes": locked.cost.passes,
        "lanes": locked.cost.lanes,
    }
