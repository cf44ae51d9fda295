"""Each number that a sender wrote is its own link, and none dials what the sender did not write."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contact.phone_numbers import holds_phone_number, phone_pieces


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("900 12 345", ["90012345"]),
        ("22 33 44 55 / 900 12 345", ["22334455", "90012345"]),
        ("22 33 44 55 900 12 345", ["22334455", "90012345"]),
        ("90012345 etter kl 16", ["90012345"]),
        ("90012345 16-18", ["90012345"]),
        ("90012345 (mamma 91122333)", ["90012345", "91122333"]),
        ("(+47) 900 00-000, etter fire", ["+4790000000"]),
        ("0047 900 12 345 eller 911 22 333", ["+4790012345", "91122333"]),
        ("+47 90012345 16-18", ["+4790012345"]),
        ("+46 70 123 45 67", ["+46701234567"]),
        ("0046 70 123 45 67", ["0046701234567"]),
        ("02800", ["02800"]),
        ("+47 412 34\u2011567", ["+4741234567"]),
        ("412\u201334\u2013567", ["41234567"]),
        ("412\u200934\u202f567 / 22\u221233\u221244\u221255", ["41234567", "22334455"]),
        ("+4741234567 91234567", ["+4741234567", "91234567"]),
        ("412 34 567 eller etter 18 912 34 567", ["41234567"]),
        ("22 33 44 55 16.30-18", ["22334455"]),
        ("412 34567 eller + 47 (41) 234 567", ["41234567", "+4741234567"]),
        ("1234 5678 1234 5678 1234", []),
        ("spør mor", []),
        ("123", []),
        ("12345", []),
    ],
)
def test_each_number_is_dialled_by_itself_and_every_word_still_stands(written, dialled):
    pieces = phone_pieces(written)
    assert "".join(words for words, _address in pieces) == written
    assert [address for _words, address in pieces if address] == [f"tel:{digits}" for digits in dialled]


@pytest.mark.parametrize(
    "written",
    [
        "mellom 10-12 412 34 567",
        "18 912 34 567",
        "20 22 21 23 15 17",  # two hours and a number of pairs
        "20.30-22.30",
        "24.12.2024",
        "45 12 34 56 12",  # a Danish number without its +, or a Norwegian one and an hour
        "+47 412 34 56",
        "+47 412 34 567 8",
        "+354 412 3456 17 20",
        "+354 412 3456 17.30",
        "+45 20 12 34 56 10",
        "(020) 7946 0958",  # Norway has numbers of five digits that begin so
        "07911 123456",
    ],
)
def test_digits_that_can_be_read_in_two_ways_are_dialled_by_the_colleague(written):
    assert phone_pieces(written) == [(written, "")]


WRITTEN = st.sampled_from(["41234567", "412 34 567", "41 23 45 67", "22-33-44-55", "21 23 15 17", "412 34567"])
FOREIGN = st.sampled_from(["+46 70 123 45 67", "+3544123456", "0045 20 12 34 56", "+44 20 7946 0958"])
NORWEGIAN = st.builds("{}{}".format, st.sampled_from(["", "", "+47 ", "+47", "0047 "]), WRITTEN)
HOURS = st.sampled_from(["", "16", "18 20", "20-22", "16.30", "8\u201316", "1730"])
WORDS = st.sampled_from([" eller ", ", ", " / ", " kl. ", " etter kl ", "\n"])


@given(st.lists(st.tuples(HOURS, NORWEGIAN | FOREIGN, HOURS, WORDS), max_size=4))
@example([("20-22", "21 23 15 17", "16", " eller "), ("", "+3544123456", "18 20", "\n")])
def test_only_numbers_that_the_sender_wrote_are_dialled(parts):
    text = "".join(f"{before} {number} {after}{words}" for before, number, after, words in parts)
    numbers = {re.sub("[ -]", "", number).replace("0047", "+47") for _before, number, _after, _words in parts}
    assert {address.removeprefix("tel:") for _words, address in phone_pieces(text) if address} <= numbers


SIGNS = st.sampled_from(
    ["+47", "0047", "00", "+", " ", "-", "\u2011", ".", "(", ")", "/", " e ", "2", "34", "412", "41234567"]
)


@given(st.lists(SIGNS, max_size=15))
@example(["+47", " ", "412", " ", "34"])
def test_a_link_dials_whole_groups_of_digits_and_after_47_eight(signs):
    text = "".join(signs)
    pieces = phone_pieces(text)
    assert "".join(words for words, _address in pieces) == text
    begin = 0
    for words, address in pieces:
        end = begin + len(words)
        if address:
            digits = address.removeprefix("tel:+").removeprefix("tel:")
            assert re.sub("[^0-9]", "", words).removeprefix("00") == digits.removeprefix("00")
            assert not re.match("[0-9]", text[end:])
            assert words.startswith("+") or not re.search("[0-9]$", text[:begin])
            assert not re.match(r"tel:(\+|00)47(?![0-9]{8}$)", address)
        begin = end


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("02800", True),
        ("900 12 345 etter fire", True),
        ("mellom 10-12 412 34 567", True),
        ("412\u201334\u2013567", True),
        ("+354 412 3456 17 20", True),
        ("0046 70 123 45 67", True),
        ("hjemme", False),
        ("123", False),
        ("12345", False),
        ("116 117", False),
        ("1234 5678", False),
        ("912 345 678", False),
        ("+47 412 34 56", False),
        ("+47 412 34 5678", False),
        ("+4 7 9 0", False),
    ],
)
def test_a_number_of_a_person_has_eight_digits_or_the_code_of_a_country(written, holds):
    assert holds_phone_number(written) == holds
