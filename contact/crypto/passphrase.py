"""The inbox passphrase: what a colleague types to use a private key. Never the login password.

A thief of the database can try passphrases as fast as machines allow. So each try costs 64 MiB and three passes
of Argon2id (the second recommendation of RFC 9106; 0.2 s on the machine it was measured on), and a passphrase that
is easy to guess is refused.

The rules that colleagues are told are written out here, so that they do not change with an upgrade. Songs, hymns
and proverbs, and `zxcvbn`, are asked beside them (contact.crypto.guessing).
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contact.crypto.guessing import is_guessed, without_known_lines

SHORTEST, LONGEST = 16, 200  # signs
LEAST_LEFT = 12  # letters and digits that must remain when obvious words are taken out
LEAST_DIFFERENT = 7  # of them
NONCE = 12
KEY = 32
FIRST_BLOCK = (1).to_bytes(4, "little")  # of the cipher's stream, where the text begins (RFC 8439, section 2.8)
Place = Callable[[bytes], bytes]  # what a locked key is bound to, by its public half
OBVIOUS = (
    "mestringshusene", "mestringshuset", "mestring", "innboksen", "innboks", "inbox", "passordsetning", "passord",
    "password", "passphrase", "hemmelig", "secret", "klinikken", "klinikk", "velkommen", "welcome", "henvendelse",
    "admin", "sommer", "vinter", "norge", "ilovey",
)  # fmt: skip
KEYBOARD_ROWS = ("abcdefghijklmnopqrstuvwxyzæøå", "qwertyuiopå", "asdfghjkløæ", "zxcvbnm", "01234567890")
ROW_PART = 4  # neighbours on a keyboard row that count as obvious


class PassphraseWeak(Exception):
    """A new passphrase is too easy to guess. The message says why, without quoting it."""


class PassphraseWrong(Exception):
    """The passphrase does not open the key."""


@dataclass(frozen=True)
class Cost:
    """What one try costs; stored with each key, so that a higher cost for new keys locks no colleague out."""

    memory_kib: int
    passes: int
    lanes: int


COST = Cost(memory_kib=65_536, passes=3, lanes=4)


@dataclass(frozen=True)
class LockedKey:
    """A private key under a passphrase."""

    sealed: bytes
    salt: bytes
    cost: Cost


def lock_key(private: X25519PrivateKey, passphrase: str, place: bytes) -> LockedKey:
    """Return the key, encrypted under the passphrase and bound to its place."""
    salt, nonce, cost = secrets.token_bytes(16), secrets.token_bytes(NONCE), COST
    box = ChaCha20Poly1305(_derive(passphrase, salt, cost))
    return LockedKey(nonce + box.encrypt(nonce, private.private_bytes_raw(), place), salt, cost)


def unlock_key(locked: LockedKey, passphrase: str, place: Place) -> X25519PrivateKey:
    """Return the private key, also when another public key was put beside it. Raises PassphraseWrong.

    The place names the public half that the key was locked with, and that may stand there no longer. So the key is
    read as the bare stream first, and authenticated with the place of its own public half before it is used.
    """
    secret = _derive(passphrase, locked.salt, locked.cost)
    nonce, sealed = locked.sealed[:NONCE], locked.sealed[NONCE:]
    try:
        stream = Cipher(ChaCha20(secret, FIRST_BLOCK + nonce), None).decryptor()
        private = X25519PrivateKey.from_private_bytes(stream.update(sealed[:KEY]))
        ChaCha20Poly1305(secret).decrypt(nonce, sealed, place(private.public_key().public_bytes_raw()))
    except (InvalidTag, ValueError):
        raise PassphraseWrong(_("This is not your inbox passphrase.")) from None
    return private


def refuse_weak(passphrase: str, names: Iterable[str]) -> None:
    """Raise PassphraseWeak for what a person who knows the colleague and the clinic would guess."""
    if len(passphrase) > LONGEST:
        raise PassphraseWeak(
            _("The passphrase may have at most %(number)d signs. Take four or five words.") % {"number": LONGEST}
        )
    plain = normalise(passphrase).casefold()
    if len(plain) < SHORTEST:
        raise PassphraseWeak(
            _("The passphrase must have at least %(number)d signs. Take four or five words.")
            % {"number": SHORTEST}
        )
    names = list(names)
    letters = re.sub(r"[\W_]+", "", plain)
    left = without_known_lines(_without_obvious_words(letters, names))
    too_little = len(left) < LEAST_LEFT or len(set(left)) < LEAST_DIFFERENT or _repeats(left)
    if too_little or _is_common(plain) or is_guessed(letters, [*names, *OBVIOUS]):
        raise PassphraseWeak(
            _(
                "This is too easy to guess. Leave out your name, the clinic, words such as “password”, rows such "
                "as 12345, songs and proverbs. Take the words that are offered, or four or five that have nothing "
                "to do with each other."
            )
        )


def compose(typed: str) -> str:
    """Return the same signs whichever keyboard typed them: a letter and its ring as one."""
    return unicodedata.normalize("NFKC", typed)


def normalise(passphrase: str) -> str:
    """Return the same signs whichever keyboard typed them, with single spaces and none around."""
    return " ".join(compose(passphrase).split())


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(normalise(passphrase).encode(errors="surrogatepass"))


def _without_obvious_words(left: str, names: Iterable[str]) -> str:
    known = {part for name in names for part in re.split(r"[\W_]+", name.casefold()) if len(part) > 2}
    for word in sorted(known | set(OBVIOUS), key=len, reverse=True):
        left = left.replace(word, "")
    left = re.sub(r"(19|20)\d\d", "", left)
    for row in KEYBOARD_ROWS:
        for way in (row, row[::-1]):
            for length in range(len(way), ROW_PART - 1, -1):
                for start in range(len(way) - length + 1):
                    left = left.replace(way[start : start + length], "")
    return left


def _repeats(left: str) -> bool:
    return any((left[:part] * len(left))[: len(left)] == left for part in range(1, len(left) // 2 + 1))


@cache
def _common_passwords() -> CommonPasswordValidator:
    return CommonPasswordValidator()  # unpacks and reads twenty thousand of them


def _is_common(plain: str) -> bool:
    try:
        _common_passwords().validate(plain.replace(" ", ""))
    except ValidationError:
        return True
    return False
