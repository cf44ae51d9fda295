"""The keyring: one inbox key per generation. New inquiries are sealed to the newest.

Every process can seal, because the public half lies in the database. Opening takes a grant: the private half,
sealed to a holder (contact.keys.key_holders, contact.keys.colleagues). The fingerprint of each generation is
pinned in a file outside the database, so that a key put there by an intruder is noticed.
"""

import logging
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.crypto.deliverer_apart import shared_mode
from contact.crypto.files import append_line, write_once
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


def is_newest_taken_away() -> bool:
    """Say whether a generation is pinned that is newer than all in the database.

    An intruder who took its row away would have everything sealed to the key before, which a former holder may
    have. A crash before the commit of a new key looks the same; another new key ends both.
    """
    newest = InboxKey.objects.order_by("-generation").first()
    return newest is not None and any(int(line.split()[0]) > newest.generation for line in _pin_lines())


def newest_or_none() -> InboxKey | None:
    """Return the newest generation that was made here, to which everything is sealed; None without an inbox.

    What an intruder puts into the database is passed over. While no fingerprint fits, as when their file is lost,
    it is the newest of all: a sender is not turned away.
    """
    keys = list(InboxKey.objects.order_by("-generation"))
    return next(filter(is_pinned, keys), keys[0] if keys else None)


def newest_key() -> InboxKey:
    """Return the newest generation that was made here. Raises KeysMissing."""
    key = newest_or_none()
    if key is None:
        raise KeysMissing(_("The inbox has no key yet. Run: manage.py inbox setup"))
    return key


def trusted_key() -> InboxKey:
    """Return the newest generation, which must be pinned. Raises KeysMissing."""
    key = newest_key()
    if is_pinned(key):
        return key
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


def is_private_half(private: X25519PrivateKey, key: InboxKey) -> bool:
    """Say whether this private key belongs to the generation's public key."""
    return private.public_key().public_bytes_raw() == bytes(key.public_key)


def fingerprint(key: InboxKey) -> str:
    """Return the digest by which two public keys are told apart."""
    return sha256(bytes(key.public_key)).hexdigest()


def fingerprint_file() -> Path:
    """Return where fingerprints are pinned, a line each: `generation …`, `removed …`, and `left generation`."""
    return Path(settings.KEY_DIR) / "inbox_fingerprints"


def is_pinned(key: InboxKey) -> bool:
    """Say whether this key's fingerprint is the one that was written down outside the database."""
    return _is_written_down(_pin_line(key))


def pin_first(key: InboxKey) -> None:
    """Start the file with the first generation's fingerprint; a file that exists stays as it is."""
    write_once(fingerprint_file(), f"{_pin_line(key)}\n", mode=shared_mode())


def pin(key: InboxKey) -> None:
    """Add the fingerprint of a new generation to the file."""
    append_line(fingerprint_file(), _pin_line(key), mode=shared_mode())


def pin_removed(holder_public: bytes) -> None:
    """Write down that this public key is no holder's any more: put back into the database, it gets no new key.

    A file that is lost is not begun with it: what is in its copy counts.
    """
    if fingerprint_file().exists():
        append_line(fingerprint_file(), _removed_line(holder_public))


def pin_left(key: InboxKey) -> None:
    """Write down that a holder of this generation left, so that a new one stays due whatever the database says."""
    if is_pinned(key):
        append_line(fingerprint_file(), f"left {key.generation}")


def has_a_holder_left(key: InboxKey) -> bool:
    """Say whether a holder of this generation, or of a newer one, left."""
    lines = [line for line in _lines() if re.fullmatch(rb"left [0-9]{1,18}", line)]
    return any(int(line.split()[1]) >= key.generation for line in lines)


def is_removed(holder_public: bytes) -> bool:
    """Say whether this public key was written down as removed."""
    return _is_written_down(_removed_line(holder_public))


def _is_written_down(line: str) -> bool:
    return line.encode() in _lines()


def _lines() -> list[bytes]:
    try:
        return fingerprint_file().read_bytes().splitlines()  # a line of another encoding spoils no other
    except OSError:
        return []


def _pin_lines() -> list[bytes]:
    return [line for line in _lines() if re.fullmatch(rb"[0-9]{1,18} [0-9a-f]{64}", line)]


def _pin_line(key: InboxKey) -> str:
    return f"{key.generation} {fingerprint(key)}"


def _removed_line(holder_public: bytes) -> str:
    return f"removed {sha256(holder_public).hexdigest()}"
