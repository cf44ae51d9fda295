import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact.crypto.base32 import ALPHABET, decode, encode, normalise

groups_of_five = st.binary(max_size=40).map(lambda data: data[: len(data) // 5 * 5])


@given(groups_of_five)
def test_what_was_encoded_decodes(data):
    assert decode(encode(data)) == data


@given(groups_of_five)
def test_no_symbol_can_be_taken_for_another(data):
    assert not set(encode(data)) & set("ILOU")
    assert set(encode(data)) <= set(ALPHABET)


def test_what_people_type_instead_is_understood():
    assert normalise(" 7k3f-oil0 ") == "7K3F0110"


@pytest.mark.parametrize("wrong", ["U" * 8, "Æ" * 8, "1234567"])
def test_other_signs_are_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 (one error for all)
        decode(wrong)


def test_odd_lengths_are_refused():
    with pytest.raises(ValueError, match="groups of five"):
        encode(b"four")
