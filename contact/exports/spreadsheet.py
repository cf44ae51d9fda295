"""Tables that a spreadsheet opens, and never runs: what people write must never become a formula.

Semicolons part the columns, because Excel set to Norwegian takes the comma for a decimal sign and would put
a whole line into one column; without the mark at the beginning it would read æ, ø and å as other signs.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from io import StringIO

BEGINNING = "\ufeff"
SEPARATOR = ";"
AT_ONCE = 200  # rows in one piece
FORMULA = "=+-@\t\r\n\u2212"  # the last one is the sign that is printed for minus
PASSED_OVER = " \u00a0\u200b\u2060\ufeff"  # some programs do not count these as a beginning
AS_TEXT = "'"  # what spreadsheets take as: this is text


def as_text(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, also with spaces before it or in full-width signs."""
    cell = cell.replace("\0", "")
    if (first := cell[:1]).isascii() and first.isalnum():
        return cell
    signs = (cell[:1], unicodedata.normalize("NFKC", cell.lstrip(PASSED_OVER)[:1]))
    return AS_TEXT + cell if any(sign and sign in FORMULA for sign in signs) else cell


def table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Give the file in pieces, every cell quoted, so that line breaks and separators inside stay inside."""
    kept = StringIO(newline="")
    kept.write(BEGINNING)
    writer = csv.writer(kept, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(as_text, heading))
    for number, row in enumerate(rows, start=1):
        writer.writerow(map(as_text, row))
        if number % AT_ONCE == 0:
            yield _taken(kept)
    yield _taken(kept)


def _taken(kept: StringIO) -> bytes:
    text = kept.getvalue()
    kept.seek(0)
    kept.truncate()
    return text.encode(errors="replace")  # half a sign, which only a broken sender can have stored
