"""Telephone numbers: the digits that are dialled, however the number is written."""

import re

from mestring.typed_text.digits import BETWEEN_DIGITS
from mestring.typed_text.invisible_signs import without_invisible_signs

# Norwegian numbers have three to six digits or eight; one of another country begins with + and its code.
NUMBER = re.compile(r"\+[1-9][0-9]{7,14}|[0-9]{3,6}|[0-9]{8}")
EMERGENCY_NUMBERS = frozenset({"113", "112", "116117"})


def dialled(number: str) -> str:
    """Return what a telephone dials: without spaces of any kind, hyphens and full stops."""
    return re.sub(f"[{BETWEEN_DIGITS}]", "", without_invisible_signs(number))


def is_number(number: str) -> bool:
    """Say whether a telephone can dial it."""
    return bool(NUMBER.fullmatch(dialled(number)))
