"""A sealed file comes back byte for byte, or not at all."""

import io

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import example, given
from hypothesis import strategies as st

from mestring.backup import sealed_file
from mestring.backup.sealed_file import MAGIC, TAG, BackupBroken, SealedReader, SealedWriter

KEY = X25519PrivateKey.generate()
CHUNK = 512


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(sealed_file, "CHUNK", CHUNK)


def sealed(content, key=KEY):
    target = io.BytesIO()
    writer = SealedWriter(target, key.public_key())
    writer.write(content)
    writer.close()
    return target.getvalue()


def opened(data, key=KEY):
    return io.BufferedReader(SealedReader(io.BytesIO(data), key)).read()


def pieces(data):
    """Return the header and each chunk of a sealed file, with its length before it."""
    at = len(MAGIC) + 16
    at += 4 + int.from_bytes(data[at : at + 4])
    found = [data[:at]]
    while at < len(data):
        end = at + 4 + int.from_bytes(data[at : at + 4])
        found.append(data[at:end])
        at = end
    return found


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK, 5000])
def test_what_went_in_comes_out(length):
    content = bytes(n % 251 for n in range(length))
    assert opened(sealed(content)) == content
    assert content == b"" or length < 8 or content not in sealed(content)


def test_another_key_opens_nothing():
    with pytest.raises(BackupBroken):
        opened(sealed(b"hei"), X25519PrivateKey.generate())


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
@example(place=0, bit=0)
@example(place=len(MAGIC), bit=0)
@example(place=9_999, bit=7)
def test_a_changed_bit_anywhere_is_refused(place, bit):
    data = bytearray(sealed(b"x" * 1600))
    data[place % len(data)] ^= 1 << bit
    with pytest.raises(BackupBroken):
        opened(bytes(data))


@given(keep=st.integers(0, 10_000))
@example(keep=0)
def test_a_file_that_is_cut_anywhere_is_refused(keep):
    data = sealed(b"x" * 1600)
    with pytest.raises(BackupBroken):
        opened(data[: keep % len(data)])


@pytest.mark.parametrize("order", [
    (0, 2, 1, 3, 4), (0, 1, 1, 2, 3, 4), (0, 1, 3, 4), (0, 1, 2, 3), (0, 4), (0,), (0, 1, 2, 3, 4, 4),
])  # fmt: skip
def test_chunks_that_are_swapped_repeated_dropped_or_added_are_refused(order):
    found = pieces(sealed(b"abcdefgh" * 200))
    assert opened(b"".join(found)) == b"abcdefgh" * 200
    assert len(found) == 5
    with pytest.raises(BackupBroken):
        opened(b"".join(found[number] for number in order))


def test_a_chunk_of_another_file_with_the_same_key_is_refused():
    first, second = pieces(sealed(b"a" * 1600)), pieces(sealed(b"b" * 1600))
    with pytest.raises(BackupBroken):
        opened(b"".join([*first[:2], second[2], *first[3:]]))


class Watched(io.BytesIO):
    """A file that remembers how much it was asked for at once."""

    most = 0

    def read(self, size=-1):
        self.most = max(self.most, size)
        return super().read(size)


def test_a_length_that_no_chunk_has_is_refused_before_memory_is_taken_for_it():
    header, first, *_rest = pieces(sealed(b"a" * 1600))
    source = Watched(header + b"\xff" * 4 + first[4:])
    with pytest.raises(BackupBroken):
        io.BufferedReader(SealedReader(source, KEY)).read()
    assert source.most <= CHUNK + TAG
