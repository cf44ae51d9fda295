"""Names in Norwegian order: Æ, Ø and Å come after Z, and capitals stand beside small letters.

The database's own order is by number of the letter in SQLite, and by the settings of the machine in PostgreSQL.
Refused: a collation, which PostgreSQL may be built without, and for which SQLite would ask Python about each pair.
"""

import unicodedata
from typing import Any

from django.db.models import F, Func, Value
from django.db.models.functions import Lower, Replace

# The signs behind z. Å as one letter: it may be typed as an A with a ring.
_BEHIND_Z = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}
_ACCENTS = {"é": "e", "è": "e", "ê": "e", "ó": "o", "ò": "o", "ô": "o", "ü": "y"}
_PLACES = _BEHIND_Z | _ACCENTS
_TABLE = str.maketrans(_PLACES)


def norwegian_key(name: str) -> str:
    """Return what a name is sorted by, in Python."""
    return unicodedata.normalize("NFC", name).casefold().translate(_TABLE)


class _ByNumber(Func):
    """Compare letters by their number, which SQLite does by itself."""

    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        """Ask PostgreSQL for it."""
        return self.as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"', **options)


def norwegian_order(field: str) -> _ByNumber:
    """Return the same as an expression that the database sorts a column by."""
    text: Func = Lower(F(field))
    for letter, place in _PLACES.items():
        for sign in (letter, letter.upper()):
            text = Replace(text, Value(sign), Value(place))
    return _ByNumber(text)
