"""The return code: the sender's secret, from which everything that belongs to the sender is derived.

Words: *code*: 128 bits, never stored; derived from the nonce of a form and the answers on it. *formatted code*:
the same as letters and digits with a checksum, for people. *locator*: stored and unique; finds the inquiry.
*sender's key*: X25519; its private half derives from the code and is never stored, its public half is stored with
the inquiry.

The code has high entropy, so plain HKDF is right; a slow hash would only burden a public form.
"""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from contact.crypto import base32

BYTES = 16
CHECKSUM = 4  # bytes: one mistyped code in four thousand million passes for another
GROUP = 4
SYMBOLS = 32
LONGEST = 200  # characters of a typed code: with as much between and beside its symbols as people type or paste


class CodeWrong(Exception):
    """The typed code opens nothing. A mistyped and an unknown code give the same error, which tells no more."""


def derive_code(secret: bytes, nonce: bytes, answers: bytes) -> bytes:
    """Return the code of these answers, as canonical bytes, on the form with this nonce.

    The same form with the same answers always has the same code: this is what makes a repeated request harmless.
    """
    return derive(secret, b"code" + nonce + answers, BYTES)


def format_code(code: bytes) -> str:
    """Return a code as the sender keeps it: eight groups of four symbols, with a checksum at the end."""
    symbols = base32.encode(code + _checksum(code))
    return " ".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))


def parse_code(typed: str) -> bytes:
    """Return the code that a sender typed, with or without spaces, hyphens, capitals. Raises CodeWrong.

    It may stand among other words, as in a note or a message that it was copied into: its checksum finds it there.

    The length is asked before anything is read: the page takes no login, and a form may hold a megabyte.
    """
    if len(typed) > LONGEST:
        raise CodeWrong
    symbols = base32.normalise(typed)
    for start in range(len(symbols) - SYMBOLS + 1):
        try:
            data = base32.decode(symbols[start : start + SYMBOLS])
        except ValueError:
            continue
        code, checksum = data[:BYTES], data[BYTES:]
        if checksum == _checksum(code):
            return code
    raise CodeWrong


def locator_of(code: bytes) -> str:
    """Return the locator: it finds the inquiry, and reveals nothing about the code."""
    return derive(code, b"locator", 16).hex()


def reference_of(code: bytes) -> str:
    """Return the reference number: short enough to say on the telephone, and no secret."""
    symbols = base32.encode(derive(code, b"reference", 5))
    return f"{symbols[:4]}-{symbols[4:]}"


def sender_key(code: bytes) -> X25519PrivateKey:
    """Return the private key that opens what is sealed to the sender."""
    return X25519PrivateKey.from_private_bytes(derive(code, b"sender key", 32))


def derive(key: bytes, label: bytes, length: int) -> bytes:
    """Return bytes that reveal nothing about the key, or about the bytes of another label."""
    # The fixed prefix separates these keys from every other use of the same secret.
    return HKDF(SHA256(), length, salt=None, info=b"mestring.contact.receipt " + label).derive(key)


def _checksum(code: bytes) -> bytes:
    return sha256(b"mestring.contact.return-code" + code).digest()[:CHECKSUM]
