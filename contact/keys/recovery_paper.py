"""The recovery paper: a secret that the clinic can keep in a safe and type back years later.

160 random bits stand on four numbered lines, each with its own checksum, so that a mistyped sign is found on its
line. The X25519 key is derived from the bits and stored nowhere.
"""

import secrets
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from contact.crypto import base32

LINES = 4
BYTES_PER_LINE = 5  # eight symbols
SYMBOLS = 10  # of a line: eight, and two of its checksum
PROVING = "«Hvem kan åpne innboksen» / manage.py inbox prove"
EXPLANATION = """\
GJENOPPRETTINGSARK for henvendelsene på nettstedet
RECOVERY PAPER for the inquiries on the website

Nettsted / website: {site}
Skriv av linjene her / type the lines here: {proving}

Arket åpner innboksen når ingen kolleger kan. Den som har det og kommer inn på serveren, eller har en kopi
av databasen, kan lese alt. Prøv utskriften, og legg den i en safe i et annet bygg enn serveren.
Ligger arket også i en fil, så slett filen. Mellomrom og små bokstaver gjør ingenting.
Kan ingen kolleger åpne innboksen, og er arket borte, kan henvendelsene aldri leses igjen.

The paper opens the inbox when no colleague can. A person who holds it and gets into the server, or has a copy
of the database, can read everything. Prove the print, and keep it in a safe in another building than the server.
If the paper also lies in a file, delete the file. Spaces and small letters do not matter.
When no colleague can open the inbox and the paper is lost, the inquiries can never be read again.

"""


class PaperWrong(Exception):
    """The paper cannot be read, or belongs to another inbox. The message says which line to look at."""


def new_paper(proving: str = PROVING) -> str:
    """Return the text of a paper with a fresh secret, and with the place to prove it."""
    secret = secrets.token_bytes(LINES * BYTES_PER_LINE)
    return EXPLANATION.format(proving=proving, site=settings.SITE_ADDRESS) + "".join(
        _printed(number, part) for number, part in _parts(secret)
    )


def key_on(text: str) -> X25519PrivateKey:
    """Return the key that derives from the paper's secret. Raises PaperWrong."""
    lines = _secret_lines(text)
    secret = b"".join(_part(number, lines.get(number, "")) for number in range(1, LINES + 1))
    derived = HKDF(SHA256(), 32, salt=None, info=b"mestring.contact.paper v1").derive(secret)
    return X25519PrivateKey.from_private_bytes(derived)


def _secret_lines(text: str) -> dict[int, str]:
    """Return the symbols of each line by its typed number, or by its place among the lines when none was typed.

    Never by its checksum: ten bits fit a wrong line so often that one paper in a hundred would be misread.
    """
    found: dict[int, str] = {}
    for symbols in map(base32.normalise, text.splitlines()):
        if len(symbols) == SYMBOLS:
            found[len(found) + 1] = symbols
        elif len(symbols) == SYMBOLS + 1 and symbols[0] in "1234":
            found[int(symbols[0])] = symbols[1:]
    return found


def _parts(secret: bytes) -> list[tuple[int, bytes]]:
    return [(n + 1, secret[n * BYTES_PER_LINE : (n + 1) * BYTES_PER_LINE]) for n in range(LINES)]


def _printed(number: int, part: bytes) -> str:
    symbols = base32.encode(part)
    return f"    {number})  {symbols[:4]} {symbols[4:]} {_checksum(number, part)}\n"


def _part(number: int, symbols: str) -> bytes:
    try:
        part = base32.decode(symbols[:8])
    except ValueError:
        part = b""
    if part and _checksum(number, part) == symbols[8:]:
        return part
    raise PaperWrong(_("Line %(number)s of the recovery paper is missing or mistyped.") % {"number": number})


def _checksum(number: int, part: bytes) -> str:
    # The line's number is part of it, so that two lines in the wrong order are noticed too.
    return base32.encode(sha256(b"mestring.contact.paper" + bytes([number]) + part).digest()[:5])[:2]
