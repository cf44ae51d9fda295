"""Unlocking the inbox: a colleague's private key, in use for a while, in one browser.

The passphrase opens the private key once. The key then lies encrypted in a row of the database, under a random
secret that only the browser's cookie holds. A copy of the database, the session included, lacks the cookie; a
stolen cookie lacks the row once the inbox is locked, idle or unlocked for too long.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit.access_log import note
from contact.crypto.passphrase import PassphraseWrong
from contact.keys.keyring import KeysMissing, Opener
from contact.keys.staff_keys import open_private_key, opener_of
from contact.models import AccessEntry, InboxKey, StaffKey, Unlocked
from contact.permissions import may_read_inbox
from contact.unlocking.tries import forget_tries, take_try

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
NOTED_EVERY = timedelta(minutes=1)  # the time of last use is stored no more often: one write per minute
CLOCK_SLACK = timedelta(minutes=1)  # machines that share a database never agree quite
NONCE = 12


class Locked(KeysMissing):
    """The inbox was not unlocked in this browser, or too long ago."""


def unlock(user: "User", session_key: str, passphrase: str) -> str:
    """Unlock for this session and return the secret for the cookie.

    Raises KeysMissing, PassphraseWrong, TooManyTries.
    """
    staff_key, private = check_passphrase(user, passphrase)
    secret = secrets.token_bytes(32)
    nonce = secrets.token_bytes(NONCE)
    session = place_of(session_key)
    sealed = ChaCha20Poly1305(secret).encrypt(nonce, private.private_bytes_raw(), _place(session, staff_key))
    with transaction.atomic():
        Unlocked.objects.filter(~_fresh() | Q(session=session)).delete()
        Unlocked.objects.create(session=session, staff_key=staff_key, sealed_private=nonce + sealed)
        note(Action.UNLOCKED, user)
    return urlsafe_b64encode(secret).decode()


def check_passphrase(user: "User", passphrase: str) -> tuple[StaffKey, X25519PrivateKey]:
    """Return this colleague's key if the passphrase is right.

    Raises KeysMissing, PassphraseWrong, TooManyTries.
    """
    if not may_read_inbox(user):
        raise KeysMissing(_("You may not read inquiries."))
    staff_key = StaffKey.objects.filter(user=user).select_related("user").first()
    if staff_key is None:
        raise KeysMissing(_("You have not chosen an inbox passphrase yet."))
    take_try(user)
    try:
        private = open_private_key(staff_key, passphrase)
    except PassphraseWrong:
        note(Action.UNLOCK_FAILED, user)
        raise
    forget_tries(user)
    return staff_key, private


def lock(session_key: str | None, user: "User") -> None:
    """Lock this session's inbox."""
    with transaction.atomic():
        if Unlocked.objects.filter(session=place_of(session_key), staff_key__user=user).delete()[0]:
            note(Action.LOCKED, user)


def delete_expired_unlocks() -> int:
    """Delete the rows that are idle or too old, and so open nothing any more; return how many."""
    return Unlocked.objects.exclude(_fresh()).delete()[0]


def is_unlocked(user: "User", session_key: str | None, cookie: str) -> bool:
    """Say whether this session is unlocked. Asking counts as use."""
    try:
        _unlocked_key(user, session_key, cookie)
    except Locked:
        return False
    return True


def opener_for(user: "User", session_key: str | None, cookie: str) -> Opener:
    """Return the opener of this colleague in this session. It raises Locked when the inbox is locked.

    The row is read once, when the first generation is asked for, and that counts as use.
    """
    openers: list[Opener] = []

    def open_generation(key: InboxKey) -> X25519PrivateKey:
        if not openers:
            openers.append(opener_of(*_unlocked_key(user, session_key, cookie)))
        return openers[0](key)

    return open_generation


def private_key_of(user: "User", session_key: str | None, cookie: str) -> X25519PrivateKey:
    """Return this colleague's own private key, unlocked in this browser. Raises Locked."""
    return _unlocked_key(user, session_key, cookie)[1]


def _unlocked_key(user: "User", session_key: str | None, cookie: str) -> tuple[StaffKey, X25519PrivateKey]:
    rows = Unlocked.objects.filter(_fresh(), session=place_of(session_key), staff_key__user=user)
    row = rows.select_related("staff_key").first()
    if row is None or not may_read_inbox(user):
        raise Locked(_("The inbox is locked."))
    stored = bytes(row.sealed_private)
    try:
        box = ChaCha20Poly1305(urlsafe_b64decode(cookie))
        raw = box.decrypt(stored[:NONCE], stored[NONCE:], _place(row.session, row.staff_key))
    except (InvalidTag, ValueError):
        raise Locked(_("The inbox is locked.")) from None
    now = timezone.now()
    Unlocked.objects.filter(pk=row.pk, used_at__lte=now - NOTED_EVERY).update(used_at=now)
    return row.staff_key, X25519PrivateKey.from_private_bytes(raw)


def _fresh() -> Q:
    now = timezone.now()
    # A clock that ran ahead wrote times that are still to come. They must not keep the inbox open for longer.
    soon = now + CLOCK_SLACK
    fresh = Q(used_at__gt=now - IDLE, unlocked_at__gt=now - LONGEST)
    return fresh & Q(used_at__lte=soon, unlocked_at__lte=soon)


def place_of(session_key: str | None) -> str:
    """Return under what the row of a session lies: a digest, which gives no access."""
    return sha256(f"mestring.contact.unlocked {session_key}".encode()).hexdigest()


def _place(session: str, staff_key: StaffKey) -> bytes:
    return f"mestring.contact.unlocked v1 {session} {staff_key.user_id} {staff_key.pk}".encode()
