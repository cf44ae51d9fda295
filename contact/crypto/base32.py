"""Crockford's base32: letters and digits that survive handwriting, dictation and a bad printer."""

from base64 import b32decode, b32encode

from mestring.typed_text.digits import with_plain_digits, with_usual_width

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648, which the standard library writes
_FROM_STANDARD, _TO_STANDARD = str.maketrans(_STANDARD, ALPHABET), str.maketrans(ALPHABET, _STANDARD)
# Readers mistake O for 0 and I or L for 1. U is no symbol either: it would spell words.
_LOOKALIKES = str.maketrans("OIL", "011")


def encode(data: bytes) -> str:
    """Return the symbols for data, eight for every five bytes. Its length must be a multiple of five."""
    if len(data) % 5:
        raise ValueError("data must come in groups of five bytes")
    return b32encode(data).decode().translate(_FROM_STANDARD)


def decode(symbols: str) -> bytes:
    """Return the bytes for normalised symbols. Raises ValueError for anything else."""
    if not set(symbols) <= set(ALPHABET):
        raise ValueError("symbols must come from the alphabet")  # the standard library would read O and I
    return b32decode(symbols.translate(_TO_STANDARD))


def normalise(text: str) -> str:
    """Return text in capitals without spaces and punctuation, with O, I and L read as 0, 1 and 1.

    The digits of other scripts, and wide letters, are read as what they are: a keyboard writes them unasked.
    """
    plain = with_plain_digits(with_usual_width(text))
    return "".join(filter(str.isalnum, plain)).upper().translate(_LOOKALIKES)
