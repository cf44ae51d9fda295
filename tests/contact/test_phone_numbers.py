"""Each number that a sender wrote is its own link, and none dials what the sender did not write."""

import pytest

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
        ("(020) 7946 0958", ["02079460958"]),
        ("02800", ["02800"]),
        ("1234 5678 1234 5678 1234", []),
        ("spør mor", []),
        ("123", []),
    ],
)
def test_each_number_is_dialled_by_itself_and_every_word_still_stands(written, dialled):
    pieces = phone_pieces(written)
    assert "".join(words for words, _address in pieces) == written
    assert [address for _words, address in pieces if address] == [f"tel:{digits}" for digits in dialled]


@pytest.mark.parametrize(
    ("written", "holds"), [("hjemme", False), ("123", False), ("02800", True), ("+4 7 9 0", False)]
)
def test_a_number_has_five_digits_or_more(written, holds):
    assert holds_phone_number(written) == holds
