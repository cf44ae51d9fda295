"""A file of any length that only the holder of one private key can read, and that cannot be changed unnoticed.

Words: *file key* – random, of this file only, sealed to the offline key with the format of
contact/crypto/sealing.py; *chunk* – up to a mebibyte, encrypted under the file key. The nonce counts the chunks
and marks the last, so that none can be dropped, swapped, repeated or cut off (the STREAM construction: Hoang,
Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance",
CRYPTO 2015).

pyrage (the age format, the same construction) is refused: backups already written must stay readable, and one
format with the tests it has is simpler than two.
"""

import io
import secrets
from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from contact.crypto.sealing import SealBroken, open_sealed, seal

MAGIC = b"mestring backup 1\n"
CHUNK = 1 << 20
FIELD = "backup"
TAG = 16


class BackupBroken(Exception):
    """The file is not a backup, is cut or changed, or belongs to another key."""


class SealedWriter(io.RawIOBase):
    """Encrypts the bytes written to it. Only `close` marks the file as complete."""

    def __init__(self, target: BinaryIO, public_key: X25519PublicKey) -> None:
        super().__init__()
        row, key = uuid4(), secrets.token_bytes(32)
        sealed = seal(key, public_key, row, FIELD)
        self.target, self.cipher, self.number = target, ChaCha20Poly1305(key), 0
        self.waiting = bytearray()
        target.write(MAGIC + row.bytes + len(sealed).to_bytes(4) + sealed)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        """Take bytes; encrypt a chunk once more than one is waiting, since the last chunk carries a mark."""
        taken = bytes(data)  # type: ignore[call-overload]  # the type of the base class is wider
        self.waiting += taken
        while len(self.waiting) > CHUNK:
            self._send(bytes(self.waiting[:CHUNK]), last=False)
            del self.waiting[:CHUNK]
        return len(taken)

    def close(self) -> None:
        """Write the last chunk."""
        if not self.closed:
            self._send(bytes(self.waiting), last=True)
        super().close()

    def _send(self, chunk: bytes, *, last: bool) -> None:
        packed = self.cipher.encrypt(_nonce(self.number, last=last), chunk, MAGIC)
        self.target.write(len(packed).to_bytes(4) + packed)
        self.number += 1


class SealedReader(io.RawIOBase):
    """Decrypts what SealedWriter wrote. Raises BackupBroken, also for a file without its last chunk."""

    def __init__(self, source: BinaryIO, private_key: X25519PrivateKey) -> None:
        super().__init__()
        self.chunks = _chunks(source, private_key)
        self.ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer from one chunk at most."""
        room = memoryview(buffer)  # type: ignore[arg-type]  # the type of the base class is wider
        while not self.ready:
            chunk = next(self.chunks, None)
            if chunk is None:
                return 0
            self.ready = chunk
        part, self.ready = self.ready[: len(room)], self.ready[len(room) :]
        room[: len(part)] = part
        return len(part)


def _chunks(source: BinaryIO, private_key: X25519PrivateKey) -> Iterator[bytes]:
    if source.read(len(MAGIC)) != MAGIC:
        raise BackupBroken
    row = UUID(bytes=_read_exactly(source, 16))
    try:
        cipher = ChaCha20Poly1305(open_sealed(_read_chunk(source), private_key, row, FIELD))
        packed, number = _read_chunk(source), 0
        while following := source.read(4):
            yield cipher.decrypt(_nonce(number, last=False), packed, MAGIC)
            packed, number = _read_exactly(source, _length(following)), number + 1
        yield cipher.decrypt(_nonce(number, last=True), packed, MAGIC)
    except (SealBroken, InvalidTag):
        raise BackupBroken from None


def _read_chunk(source: BinaryIO) -> bytes:
    return _read_exactly(source, _length(_read_exactly(source, 4)))


def _length(four: bytes) -> int:
    length = int.from_bytes(four)
    if len(four) < 4 or not TAG <= length <= CHUNK + TAG:
        raise BackupBroken
    return length


def _read_exactly(source: BinaryIO, count: int) -> bytes:
    data = source.read(count)
    if len(data) < count:
        raise BackupBroken
    return data


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])
