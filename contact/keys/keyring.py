"""The keyring: one inbox key per generation. New inquiries are sealed to the newest.

Every process can seal, because the public half lies in the database. Opening takes a grant: the private half,
sealed to a holder (contact.keys.key_holders, contact.keys.colleagues). The fingerprint of each generation is
pinned in a file outside the database, so that a key put there by an intruder is noticed.
"""

import hmac
import logging
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.crypto.files import append_line, write_once
from contact.crypto.sealing import SealBroken
from contact.keys.recovery_paper import PaperWrong
from contact.models import InboxKey

log = logging.getLogger("contact.keys")  # operators filter by this name (docs/operators.md)
PLANTED = gettext_lazy(
    "The newest inbox key was not made here: an intruder may have put it into the database. First tell the person "
    "who runs the site. Then make a new key, at the bottom of the page “Who can open the inbox”: only those who "
    "held the last key that was made here get it. After that, try again."
)
# How a holder opens a generation. Raises KeysMissing or PaperWrong.
Opener = Callable[[InboxKey], X25519PrivateKey]


class KeysMissing(Exception):
    """The key that is needed is not here. The message says which, and never anything about its content."""


class KeyringRefused(Exception):
    """After this change no holder, or only the paper, could open something. The message says what to do first."""


def lock_keyring(*, may_be_planted: bool = False) -> None:
    """Keep other requests from changing the keyring until the transaction ends; call it first in a transaction.

    `no_key`: inquiries that come in meanwhile refer to the same row, and must not wait. Raises KeyringRefused when
    the newest generation is not pinned: a step would work for an intruder who planted it.
    """
    InboxKey.objects.select_for_update(no_key=True).order_by("generation").first()
    if not may_be_planted and is_newest_planted():
        raise KeyringRefused(PLANTED)


def is_newest_planted() -> bool:
    """Say whether the newest generation is not pinned: an intruder may have put it into the database."""
    newest = InboxKey.objects.order_by("-generation").first()
    return newest is not None and not is_pinned(newest)


def newest_key() -> InboxKey:
    """Return the newest generation. Raises KeysMissing."""
    key = InboxKey.objects.order_by("-generation").first()
    if key is None:
        raise KeysMissing(_("The inbox has no key yet. Run: manage.py inbox setup"))
    return key


def trusted_key() -> InboxKey:
    """Return the newest generation that is pinned. Raises KeysMissing."""
    for key in InboxKey.objects.order_by("-generation"):
        if is_pinned(key):
            return key
    newest_key()
    raise KeysMissing(
        _(
            "None of the inbox keys was made here, or the file with their fingerprints is lost. Ask the person "
            "who runs the site to bring that file back from a copy."
        )
    )


def sealing_key() -> tuple[InboxKey, X25519PublicKey]:
    """Return the newest generation and its public half, to which inquiries are sealed.

    A fingerprint that is not the pinned one is an error for the log, and never a reason to turn a sender away.
    """
    key = newest_key()
    if not is_pinned(key):
        log.error("the inbox key of generation %s is not the pinned one", key.generation)
    return key, X25519PublicKey.from_public_bytes(bytes(key.public_key))


def open_generation(opener: Opener, key: InboxKey) -> X25519PrivateKey:
    """Return the private half, checked to be this generation's and to follow the one before.

    Raises KeysMissing, PaperWrong.
    """
    try:
        private = opener(key)
    except SealBroken:
        private = None
    if private is None or not is_private_half(private, key) or not _follows(key, opener):
        raise KeysMissing(_("What is stored does not open this inbox key. Ask whoever runs the site."))
    return private


def is_private_half(private: X25519PrivateKey, key: InboxKey) -> bool:
    """Say whether this private key belongs to the generation's public key."""
    return private.public_key().public_bytes_raw() == bytes(key.public_key)


def link_to(before: X25519PrivateKey, key: InboxKey) -> bytes:
    """Return the MAC of this key under the private half of the generation before: only its holders make it."""
    derive = HKDF(SHA256(), 32, salt=None, info=b"mestring.contact.generation v1").derive
    made = f"{key.generation} ".encode() + bytes(key.public_key)
    return hmac.digest(derive(before.private_bytes_raw()), made, "sha256")


def _follows(key: InboxKey, opener: Opener) -> bool:
    """Say whether the link fits the pinned generation before, when the opener opens that one too.

    The first generation has no link, nor has one from before there were links: its fingerprint is pinned.
    """
    if key.link is None:
        return True
    for before in InboxKey.objects.filter(generation__lt=key.generation).order_by("-generation"):
        if is_pinned(before):
            try:
                return hmac.compare_digest(bytes(key.link), link_to(opener(before), key))
            except (KeysMissing, PaperWrong, SealBroken):
                return True  # from before the holder's time, or tidied away: the fingerprint vouches for this one
    return False


def fingerprint(key: InboxKey) -> str:
    """Return the digest by which two public keys are told apart."""
    return sha256(bytes(key.public_key)).hexdigest()


def fingerprint_file() -> Path:
    """Return where fingerprints are pinned, one line `generation fingerprint` for each generation."""
    return Path(settings.KEY_DIR) / "inbox_fingerprints"


def is_pinned(key: InboxKey) -> bool:
    """Say whether this key's fingerprint is the one that was written down outside the database."""
    try:
        pinned = fingerprint_file().read_bytes().splitlines()  # a line of another encoding spoils no other
    except OSError:
        return False
    return _pin_line(key).encode() in pinned


def pin_first(key: InboxKey) -> None:
    """Start the file with the first generation's fingerprint; a file that exists stays as it is."""
    write_once(fingerprint_file(), f"{_pin_line(key)}\n")


def pin(key: InboxKey) -> None:
    """Add the fingerprint of a new generation to the file."""
    append_line(fingerprint_file(), _pin_line(key))


def _pin_line(key: InboxKey) -> str:
    return f"{key.generation} {fingerprint(key)}"
