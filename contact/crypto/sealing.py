"""Sealing: what only the holder of a private key can open again.

Words: to *seal* is to encrypt to a public key, so that the sealing process itself cannot open what it wrote. *Row*
and *field* are the place a sealed value belongs to; it opens in no other.

Format v1 = the byte 0x01, then HPKE (RFC 9180, base mode: X25519, HKDF-SHA256, ChaCha20-Poly1305) over the
padded plaintext. Every format that was ever written stays readable; tests/contact/fixtures/ holds one of each.
"""

from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

V1 = b"\x01"
BUCKET = 256  # sealed lengths tell only how many of these a text fills
OVERHEAD = 1 + 32 + 16  # bytes beside the padded text: the version, the sender's half of the exchange, the tag
LENGTH = 4  # bytes that say where the text ends and the padding starts

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class SealBroken(Exception):
    """A sealed value does not open: it was changed, cut or moved, the key is another, or the format is unknown.

    One exception without detail: the cause would help an attacker, and no colleague.
    """


def seal(plaintext: bytes, public_key: X25519PublicKey, row: UUID, field: str) -> bytes:
    """Return plaintext sealed to public_key for this field of this row."""
    return V1 + SUITE.encrypt(_pad(plaintext), public_key, info=_place(row, field))


def open_sealed(sealed: bytes, private_key: X25519PrivateKey, row: UUID, field: str) -> bytes:
    """Return what was sealed for this field of this row. Raises SealBroken."""
    if sealed[:1] != V1:
        raise SealBroken
    try:
        return _unpad(SUITE.decrypt(sealed[1:], private_key, info=_place(row, field)))
    except (InvalidTag, ValueError):
        raise SealBroken from None


def has_sealed_form(value: bytes) -> bool:
    """Say whether a value is as long as what `seal` makes, and begins like it; only a key says more."""
    return value[:1] == V1 and len(value) > OVERHEAD and (len(value) - OVERHEAD) % BUCKET == 0


def _place(row: UUID, field: str) -> bytes:
    # `encrypt` takes no associated data, so version, row and field go into `info`. Unambiguous: the
    # first three parts have fixed lengths and the field name takes the rest.
    return b"mestring.contact.sealing" + V1 + row.bytes + field.encode()


def _pad(plaintext: bytes) -> bytes:
    content = len(plaintext).to_bytes(LENGTH) + plaintext
    return content + bytes(-len(content) % BUCKET)


def _unpad(padded: bytes) -> bytes:
    end = LENGTH + int.from_bytes(padded[:LENGTH])
    if len(padded) % BUCKET or end > len(padded):
        raise ValueError("not padded as format v1 says")
    return padded[LENGTH:end]
