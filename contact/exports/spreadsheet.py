"""CSV files that a spreadsheet opens safely: no text that a sender wrote ever becomes a formula or another number.

Semicolons separate the columns: Norwegian Excel takes the comma for a decimal sign and would put a whole line into
one column. The byte order mark at the start makes Excel read æ, ø and å correctly.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"
SEPARATOR = ";"
ROWS_PER_PIECE = 200
FORMULA = "=+-@\t\r\n\u2212"  # the last one is the typographic minus
IGNORED = " \u00a0\u200b\u2060\ufeff"  # some programs skip these before a formula
TEXT_PREFIX = "'"  # spreadsheets take what follows for text
LONGEST_NUMBER = 40  # signs; anything longer is text to a spreadsheet too
# What a spreadsheet would store as something else: a number that loses its first zeros or its last digits, one
# with an exponent, a day. The times that we write, such as 2026-11-30 08:15, are meant as days, and are no match.
CHANGED = re.compile(
    r"0[\d\s]+|\d[\d\s]{11,}|\d+(?:[.,]\d+)?E\d+|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?"
    r"|\d{1,2}[-/. ]?[^\W\d_]{3,9}[-/. ]?\d{2,4}",
    re.IGNORECASE,
)


def as_text(cell: str) -> str:
    """Return a cell that a spreadsheet shows as it was written: no formula, no other number, no day.

    Spaces before it, and full-width characters, do not hide what it is.
    """
    cell = cell.replace("\0", "")
    seen = unicodedata.normalize("NFKC", cell.lstrip(IGNORED)[: LONGEST_NUMBER + 1].rstrip(IGNORED))
    if any(start and start in FORMULA for start in (cell[:1], seen[:1])):
        return TEXT_PREFIX + cell
    is_changed = seen[:1].isdecimal() and len(seen) <= LONGEST_NUMBER and CHANGED.fullmatch(seen)
    return TEXT_PREFIX + cell if is_changed else cell


def csv_file(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Yield the file in pieces. Every cell is quoted, so that it can hold line breaks and semicolons."""
    buffer = StringIO(newline="")
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(as_text, heading))
    for number, row in enumerate(rows, start=1):
        writer.writerow(map(as_text, row))
        if number % ROWS_PER_PIECE == 0:
            yield _drain(buffer)
    yield _drain(buffer)


def _drain(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode(errors="replace")  # for half a surrogate pair, which only a broken client can have sent
