import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact.crypto.base32 import ALPHABET, decode, encode, normalise

groups_of_five = st.binary(max_size=40).map(lambda data: data[: len(data) // 5 * 5])


@given(groups_of_five)
def test_what_was_encoded_decodes(data):
    assert decode(encode(data)) == data


@pytest.mark.parametrize(
    ("data", "symbols"),
    [
        (bytes(range(10)), "000G40R40M30E209"),
        (b"\xff" * 5, "ZZZZZZZZ"),
        (bytes(range(200, 220)), "S34WNJYCSQ7CZM6HTB9X9NEPTZCDKPPV"),
    ],
)
def test_printed_papers_and_codes_are_read_as_they_were_written(data, symbols):
    assert encode(data) == symbols
    assert decode(symbols) == data


@given(groups_of_five)
def test_no_symbol_can_be_taken_for_another(data):
    assert not set(encode(data)) & set("ILOU")
    assert set(encode(data)) <= set(ALPHABET)


def test_what_people_type_instead_is_understood():
    assert normalise(" 7k3f-oil0 ") == "7K3F0110"
    assert normalise("７ｋ３Ｆ－ＯＩＬ０") == "7K3F0110"  # wide
    assert normalise("٧K٣F") == "7K3F"  # Arabic digits


@pytest.mark.parametrize("wrong", ["U" * 8, "O" * 8, "Æ" * 8, "a" * 8, "1234567", "00000===", "0000 000"])
def test_other_signs_are_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 (one error for all)
        decode(wrong)


def test_odd_lengths_are_refused():
    with pytest.raises(ValueError, match="groups of five"):
        encode(b"four")
