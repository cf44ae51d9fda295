"""Crockford's base32: letters and digits that survive handwriting, dictation and a bad printer."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# What people read or type instead. U is no symbol at all: it would spell words.
LOOKALIKES = str.maketrans("OIL", "011")


def encode(data: bytes) -> str:
    """Return the symbols for data, eight for every five bytes. Its length must be a multiple of five."""
    if len(data) % 5:
        raise ValueError("data must come in groups of five bytes")
    number = int.from_bytes(data)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(len(data) * 8 - 5, -5, -5))


def decode(symbols: str) -> bytes:
    """Return the bytes for normalised symbols. Raises ValueError for anything else."""
    if len(symbols) % 8:
        raise ValueError("symbols must come in groups of eight")
    number = 0
    for symbol in symbols:
        number = number << 5 | ALPHABET.index(symbol)
    return number.to_bytes(len(symbols) * 5 // 8)


def normalise(text: str) -> str:
    """Return text in capitals without spaces and punctuation, with O, I and L read as 0, 1 and 1."""
    return "".join(filter(str.isalnum, text)).upper().translate(LOOKALIKES)
