"""A colleague's own key pair, locked under the inbox passphrase: choosing, opening and changing it.

The code that the colleague reads out to a keyholder is computed from the private key that the passphrase opened,
never from the row: an intruder who puts another public key there changes the code that the keyholder's page
expects, and not the one that is read out.
"""

import hmac
import logging
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit.access_log import note
from contact.crypto import passphrase as phrases
from contact.crypto.base32 import encode, normalise
from contact.crypto.sealing import SealBroken, open_sealed, seal
from contact.keys.generations import try_new_generation
from contact.keys.grants import create_grant, open_grant
from contact.keys.keyring import (
    KeyringRefused,
    KeysMissing,
    Opener,
    is_private_half,
    lock_keyring,
    newest_key,
    pin_left,
    pin_removed,
)
from contact.keys.sessions import end_sessions
from contact.models import AccessEntry, CaseDraft, Grant, InboxKey, StaffKey, Unlocked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

log = logging.getLogger("contact.keys")  # operators filter by this name (docs/operators.md)
CODE = 12  # symbols of the code that is compared: 60 bits


class KeyChanged(KeysMissing):
    """The passphrase is right, and the public key in the database is not the one that was chosen with it."""


def make_pair(user: "User", passphrase: str) -> tuple[X25519PrivateKey, dict[str, Any]]:
    """Return a new private key, and the columns that hold it under the passphrase. Slow on purpose."""
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    locked = phrases.lock_key(private, passphrase, place_of(user.pk, public))
    cost = {"memory_kib": locked.cost.memory_kib, "passes": locked.cost.passes, "lanes": locked.cost.lanes}
    return private, {"public_key": public, "locked_private": locked.sealed, "salt": locked.salt} | cost


def open_private_key(staff_key: StaffKey, passphrase: str) -> X25519PrivateKey:
    """Return a colleague's private key. Slow on purpose. Raises PassphraseWrong, KeyChanged."""
    cost = phrases.Cost(staff_key.memory_kib, staff_key.passes, staff_key.lanes)
    locked = phrases.LockedKey(bytes(staff_key.locked_private), bytes(staff_key.salt), cost)
    private = phrases.unlock_key(locked, passphrase, partial(place_of, staff_key.user_id))
    if private.public_key().public_bytes_raw() != bytes(staff_key.public_key):
        log.error("the public key of user %s is not the one that was chosen", staff_key.user_id)
        raise KeyChanged(
            _(
                "Your key in the database was changed: it is not the one that you chose. Tell a keyholder and the "
                "person who runs the site. Then choose a new passphrase, under “I have forgotten it”."
            )
        )
    return private


def opener_of(staff_key: StaffKey, private: X25519PrivateKey) -> Opener:
    """Return the opener of a colleague whose private key is at hand."""
    pk = staff_key.pk

    def open_generation(key: InboxKey) -> X25519PrivateKey:
        try:
            return open_grant(key.grants.get(staff_key=pk), private)
        except Grant.DoesNotExist:
            raise KeysMissing(_("No colleague has let you into this part of the inbox yet. Ask one.")) from None

    return open_generation


def change_passphrase(staff_key: StaffKey, private: X25519PrivateKey, passphrase: str) -> None:
    """Give a colleague who is at hand a new key pair under another passphrase, with all grants and drafts.

    The old passphrase may be known to others, and with it the old private key. So every browser is locked, every
    session ends, and a generation starts that the old key never opened. Raises PassphraseWeak, KeyringRefused.
    """
    user = staff_key.user
    refuse_weak(user, passphrase)
    fresh, columns = make_pair(user, passphrase)
    with transaction.atomic():
        lock_keyring()
        old = StaffKey.objects.filter(pk=staff_key.pk, public_key=private.public_key().public_bytes_raw())
        if not old.update(passphrase_set=timezone.now(), **columns):
            raise KeyringRefused(_("Your passphrase was changed in another window meanwhile."))
        held = newest_key()
        is_in = _seal_grants_anew(staff_key, private, fresh)
        _seal_drafts_anew(staff_key, private, fresh)
        Unlocked.objects.filter(staff_key=staff_key).delete()
        end_sessions(user)
        note(AccessEntry.Action.REPHRASED, user, user)
        if is_in:
            # It must not wait for what is wrong with another holder's key: then the page says that one is due.
            try_new_generation(opener_of(staff_key, fresh), user)
        if is_in:
            pin_left(held)
        pin_removed(private.public_key().public_bytes_raw())


def check_code(public_key: bytes) -> str:
    """Return what a colleague reads out to a keyholder: only of a key that its owner has just made or opened."""
    code = _code_of(public_key)
    return " ".join(code[at : at + 4] for at in range(0, CODE, 4))


def is_check_code(typed: str, staff_key: StaffKey) -> bool:
    """Say whether a typed code is that of the key in the database."""
    return hmac.compare_digest(normalise(typed).encode(), _code_of(bytes(staff_key.public_key)).encode())


def refuse_weak(user: "User", passphrase: str) -> None:
    """Raise PassphraseWeak for what is easy to guess about this colleague, and for the login password."""
    phrases.refuse_weak(passphrase, [user.get_username(), user.first_name, user.last_name, user.email])
    if user.check_password(passphrase):
        raise phrases.PassphraseWeak(_("This is the password you log in with. The inbox needs one of its own."))


def place_of(user_id: int, public_key: bytes) -> bytes:
    """Return what binds a locked private key to its row."""
    return b"mestring.contact.staff-key v1 " + f"{user_id} ".encode() + public_key


def _code_of(public_key: bytes) -> str:
    return encode(sha256(b"mestring.contact.check-code v1 " + public_key).digest()[:10])[:CODE]


def _seal_grants_anew(staff_key: StaffKey, private: X25519PrivateKey, fresh: X25519PrivateKey) -> bool:
    """Put grants for the new key in place of those that the old one opens; say whether there are any."""
    public, opened = fresh.public_key().public_bytes_raw(), 0
    grants = list(staff_key.grants.select_related("key"))
    staff_key.grants.all().delete()
    for grant in grants:
        try:
            inbox = open_grant(grant, private)
        except SealBroken:
            continue  # it opened nothing before either
        if is_private_half(inbox, grant.key):
            create_grant(grant.key, inbox, Grant.Principal.STAFF, public, staff_key=staff_key)
            opened += 1
    return bool(opened)


def _seal_drafts_anew(staff_key: StaffKey, private: X25519PrivateKey, fresh: X25519PrivateKey) -> None:
    public = X25519PublicKey.from_public_bytes(fresh.public_key().public_bytes_raw())
    for draft in CaseDraft.objects.filter(staff_key=staff_key):
        try:
            words = open_sealed(bytes(draft.sealed), private, draft.pk, CaseDraft.SEALED_FIELD)
        except SealBroken:
            continue
        draft.sealed = seal(words, public, draft.pk, CaseDraft.SEALED_FIELD)
        draft.save(update_fields=["sealed"])
