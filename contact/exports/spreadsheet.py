"""CSV files that a spreadsheet opens safely: no text that a sender wrote ever becomes a formula.

Semicolons separate the columns: Norwegian Excel takes the comma for a decimal sign and would put a whole line into
one column. The byte order mark at the start makes Excel read æ, ø and å correctly.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"
SEPARATOR = ";"
ROWS_PER_PIECE = 200
FORMULA = "=+-@\t\r\n\u2212"  # the last one is the typographic minus
IGNORED = " \u00a0\u200b\u2060\ufeff"  # some programs skip these before a formula
TEXT_PREFIX = "'"  # spreadsheets take what follows for text


def escape_formula(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, even after spaces or in full-width characters."""
    cell = cell.replace("\0", "")
    if (first := cell[:1]).isascii() and first.isalnum():
        return cell
    starts = (cell[:1], unicodedata.normalize("NFKC", cell.lstrip(IGNORED)[:1]))
    return TEXT_PREFIX + cell if any(start and start in FORMULA for start in starts) else cell


def csv_file(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Yield the file in pieces. Every cell is quoted, so that it can hold line breaks and semicolons."""
    buffer = StringIO(newline="")
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(escape_formula, heading))
    for number, row in enumerate(rows, start=1):
        writer.writerow(map(escape_formula, row))
        if number % ROWS_PER_PIECE == 0:
            yield _drain(buffer)
    yield _drain(buffer)


def _drain(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode(errors="replace")  # for half a surrogate pair, which only a broken client can have sent
