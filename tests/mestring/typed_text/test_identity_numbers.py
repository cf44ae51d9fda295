"""An identity number is found however it is written; a phone number never is one.

No number of a living person stands here: the fixed ones are synthetic, the others are made up by the test.
"""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer

from mestring.typed_text.identity_numbers import holds_identity_number, is_identity_number, is_related_number

# Published by the tax administration and by NAV for testing: month + 80, month + 40, and D-numbers of both.
SYNTHETIC = ["17912099997", "29822099635", "57912075186", "15507600333", "55507608360", "21528704651"]


def with_check_digits(nine: str, rest: int) -> str | None:
    """Return nine digits with their two check digits, found by trying; None where there are none."""
    for first in "0123456789":
        d = [int(sign) for sign in nine + first]
        one = 3 * d[0] + 7 * d[1] + 6 * d[2] + d[3] + 8 * d[4] + 9 * d[5] + 4 * d[6] + 5 * d[7] + 2 * d[8] + d[9]
        if one % 11 == rest:
            two = (
                5 * d[0] + 4 * d[1] + 3 * d[2] + 2 * d[3] + 7 * d[4] + 6 * d[5] + 5 * d[6] + 4 * d[7]
                + 3 * d[8] + 2 * d[9]
            )  # fmt: skip
            return None if two % 11 == 1 else nine + first + str(-two % 11)
    return None


@st.composite
def numbers(draw):
    """An identity number of any kind that has a date in it."""
    born = draw(st.dates())
    day = born.day + draw(st.sampled_from([0, 40]))
    month = born.month + draw(st.sampled_from([0, 40, 80]))
    nine = f"{day:02}{month:02}{born.year % 100:02}{draw(st.integers(0, 999)):03}"
    made = with_check_digits(nine, draw(st.integers(0, 3)))
    assume(made)
    return made


GAPS = st.sampled_from(["", " ", ".", "-", "\u00a0", " – ", "/", "  ", ". "])


@pytest.mark.parametrize("number", SYNTHETIC)
def test_published_synthetic_numbers_are_found(number):
    assert holds_identity_number(f"Gjelder {number}.")


@given(numbers())
def test_every_kind_is_found_also_with_the_check_digits_of_2032(number):
    assert is_identity_number(number)
    assert holds_identity_number(number)


def test_the_own_check_finds_every_number_that_the_library_knows():
    dates = ["010190", "290200", "510190", "014190", "715285", "311299"]  # also D-numbers, help numbers, and both
    made = filter(None, (with_check_digits(f"{date}{n:03}", 0) for date in dates for n in range(1000)))
    known = [number for number in made if fodselsnummer.is_valid(number)]
    assert len(known) > 1000
    assert all(map(is_related_number, known))


def test_a_number_that_a_newer_library_knows_is_found(monkeypatch):
    monkeypatch.setattr(fodselsnummer, "is_valid", lambda digits: digits == "00000000001")
    assert holds_identity_number("00000000001")
    assert not holds_identity_number("00000000002")


@given(numbers(), st.data())
def test_a_number_is_found_whatever_stands_between_its_digits(number, data):
    typed = number[0] + "".join(data.draw(GAPS) + digit for digit in number[1:])
    assert holds_identity_number(f"Født {typed}, sa hun")


@given(numbers(), GAPS, GAPS)
def test_a_number_written_as_a_date_and_five_digits_is_found_beside_other_numbers(number, gap, between):
    date = f"{number[:2]}{gap}{number[2:4]}{gap}{number[4:6]}"
    for typed in (f"{date}{between}{number[6:]}", f"{number[:6]}{between}{number[6:]}"):
        assert holds_identity_number(f"22 33 44 55 {typed} 900 00 000")


@given(numbers(), st.sampled_from(["18", "19", "20"]), GAPS)
def test_a_number_with_its_whole_year_is_found(number, century, gap):
    assert holds_identity_number(f"{number[:2]}.{number[2:4]}.{century}{number[4:6]}{gap}{number[6:]}")


@given(numbers())
def test_digits_of_another_script_are_digits(number):
    assert holds_identity_number(number.translate({ord(digit): ord(digit) + 0x630 for digit in "0123456789"}))


def test_the_shared_help_number_of_the_health_services_has_no_date():
    made = filter(None, (with_check_digits(f"{nine}", 0) for nine in range(899_999_990, 900_000_010)))
    found = [holds_identity_number(number) for number in made]
    assert len(found) > 10
    assert all(found)


@given(numbers(), st.integers(0, 10), st.integers(1, 9))
def test_with_one_wrong_digit_it_is_no_number(number, place, change):
    wrong = str((int(number[place]) + change) % 10)
    assert not is_identity_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("date", ["000190", "320190", "400190", "720190", "300290", "310490", "010090", "011390"])
def test_a_date_that_no_calendar_has_is_no_number(date):
    for individual in range(1000):
        made = with_check_digits(f"{date}{individual:03}", 0)
        assert made is None or not holds_identity_number(made)


@given(numbers(), st.sampled_from("0123456789"))
def test_longer_rows_of_digits_are_something_else_but_for_a_date_with_its_century(number, digit):
    row = digit + number + digit
    assume(row[4:6] not in ("18", "19", "20"))
    assert not holds_identity_number(row)


def test_a_number_whose_date_has_its_century_is_found_also_without_any_gap():
    assert holds_identity_number("7105207498247")  # 71.05.2074 98247


@st.composite
def phones(draw):
    """A phone number as people write it."""
    digits = f"{draw(st.integers(0, 99_999_999)):08}"
    grouping = draw(st.sampled_from([(8,), (2, 2, 2, 2), (3, 2, 3), (4, 4), (3, 3, 2)]))
    ends = [sum(grouping[: n + 1]) for n in range(len(grouping))]
    groups = [digits[end - length : end] for end, length in zip(ends, grouping, strict=True)]
    return draw(st.sampled_from(["", "+47 ", "+47", "0047 ", "(+47) "])) + draw(GAPS).join(groups)


@given(st.lists(phones(), min_size=1, max_size=4), st.sampled_from([" ", ", ", "\n", " / ", " eller ", " - "]))
@example(["41 05 44 55", "900 12 345"], " ")
def test_phone_numbers_are_never_taken_for_an_identity_number(listed, between):
    assert not holds_identity_number(between.join(listed))


@given(st.text())
def test_text_without_eleven_digits_holds_no_number(text):
    assume(len(re.findall(r"\d", text)) < 11)
    assert not holds_identity_number(text)


def test_a_long_text_is_read_quickly():
    for piece in ("1", "1 ", "1.-/", "12 ", "010190 1234", "9" * 10 + " "):
        assert holds_identity_number((piece * 10_000)[:10_000]) in (True, False)
