"""The return code: a secret of the sender, from which everything that belongs to the sender derives.

Words: *code* – 128 bits, never stored; derived from a form's nonce and its answers (contact/sender/receipt.py).
*written code* – the same as letters and digits with a checksum, for people. *locator* – stored and unique; finds
the inquiry. *sender's key* – X25519; its private half comes out of the code and stands nowhere, its public half is
stored with the inquiry.

The code has high entropy, so plain HKDF is right; a slow hash would only tire a public form.
"""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from contact.crypto import base32

BYTES = 16
CHECKSUM = 4  # bytes: a slip of the pen is taken for another code once in four thousand million times
GROUP = 4


class CodeWrong(Exception):
    """What was typed opens nothing. Mistyped or unknown are not told apart: "check what you typed"."""


def written(code: bytes) -> str:
    """Return a code as people keep it: eight groups of four symbols, the last of them a checksum."""
    symbols = base32.encode(code + _checksum(code))
    return " ".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))


def read(typed: str) -> bytes:
    """Return the code that was typed; spaces, hyphens and small letters do not matter. Raises CodeWrong."""
    try:
        data = base32.decode(base32.normalise(typed))
    except ValueError:
        raise CodeWrong from None
    code, checksum = data[:BYTES], data[BYTES:]
    if len(code) != BYTES or checksum != _checksum(code):
        raise CodeWrong
    return code


def locator_of(code: bytes) -> str:
    """Return what finds the inquiry of this code, and gives nothing of the code away."""
    return derive(code, b"locator", 16).hex()


def reference_of(code: bytes) -> str:
    """Return the reference number: short enough to say on the phone, not a secret."""
    symbols = base32.encode(derive(code, b"reference", 5))
    return f"{symbols[:4]}-{symbols[4:]}"


def sender_key(code: bytes) -> X25519PrivateKey:
    """Return the key that opens what was sealed to the sender."""
    return X25519PrivateKey.from_private_bytes(derive(code, b"sender key", 32))


def derive(key: bytes, label: bytes, length: int) -> bytes:
    """Return bytes that tell nothing of the key, and nothing of what another label gives."""
    # The fixed prefix keeps these keys apart from anything else the same secret may be used for.
    return HKDF(SHA256(), length, salt=None, info=b"mestring.contact.receipt " + label).derive(key)


def _checksum(code: bytes) -> bytes:
    return sha256(b"mestring.contact.return-code" + code).digest()[:CHECKSUM]
