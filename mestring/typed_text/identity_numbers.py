"""Finding Norwegian identity numbers in typed text, so that a form can ask the sender to take them out.

An *identity number* has eleven digits: six of a date, three individual digits, two check digits. python-stdnum
knows the national identity number, the D-number (day + 40) and a hospital's help number (month + 40). This module
adds the *related numbers* that python-stdnum does not know: the shared help number of the health services (first
digit 8 or 9, no date), synthetic numbers (month + 40 or + 80), and numbers from 2032 on, whose first check digit
has four valid values.
"""

import re
from collections.abc import Iterator
from datetime import date
from operator import mul

from stdnum.no import fodselsnummer

from mestring.typed_text.digits import BETWEEN_DIGITS

FIRST_CHECK = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND_CHECK = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
LARGEST_REST_FROM_2032 = 3

GAPS = f"[{BETWEEN_DIGITS}/]{{0,3}}"
# The usual ways to write one, also beside other numbers: 010203 12345, 01.02.03-12345, 01.02.1903 12345.
DATED = re.compile(rf"(?<!\d)(?=(\d\d){GAPS}(\d\d){GAPS}(?:18|19|20)?(\d\d){GAPS}(\d{{5}})(?!\d))")
RUN = re.compile(rf"\d(?:{GAPS}\d)*")


def holds_identity_number(text: str) -> bool:
    """Say whether a text holds an identity number. Telephone numbers of eight digits are never taken for one."""
    return any(map(is_identity_number, _candidates(text)))


def is_identity_number(digits: str) -> bool:
    """Say whether eleven digits are an identity number or a related number."""
    return fodselsnummer.is_valid(digits) or is_related_number(digits)


def is_related_number(digits: str) -> bool:
    """Say whether eleven digits follow the rules of related numbers; those of python-stdnum follow them too."""
    numbers = [int(digit) for digit in digits]
    if sum(map(mul, numbers, SECOND_CHECK)) % 11:
        return False
    rest = sum(map(mul, numbers, FIRST_CHECK)) % 11
    if numbers[0] >= 8:
        return rest == 0
    return rest <= LARGEST_REST_FROM_2032 and _is_date(int(digits[:2]) % 40, int(digits[2:4]) % 40)


def _candidates(text: str) -> Iterator[str]:
    for match in DATED.finditer(text):
        yield "".join(match.groups())
    for run in RUN.findall(text):
        # In any other grouping the number must stand alone: eleven digits of two phone numbers are none.
        if len(digits := re.sub(r"\D", "", run)) == 11:
            yield digits


def _is_date(day: int, month: int) -> bool:
    try:
        date(2000, month, day)  # the number does not give the century, so 29 February always counts
    except ValueError:
        return False
    return True
