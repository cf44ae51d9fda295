"""The return code as senders keep it, and what derives from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact.crypto import base32
from contact.crypto.return_code import LONGEST, CodeWrong, format_code, locator_of, parse_code, sender_key
from contact.sender.receipt import receipt_for

codes = st.binary(min_size=16, max_size=16)


@given(codes)
def test_a_code_that_was_written_down_is_read_again(code):
    assert parse_code(format_code(code)) == code
    assert parse_code(format_code(code).lower().replace(" ", "-")) == code
    assert parse_code(format_code(code).replace(" ", "").replace("0", "o").replace("1", "l")) == code


@given(codes)
def test_a_code_is_found_in_what_is_pasted_with_it(code):
    for pasted in (
        "Koden din\n%s",
        "Your code: %s.",
        "Kode%s",
        "«%s» – på Ærø 1234",
        "%s\nReferansenummer 1AB2-CD34",
    ):
        assert parse_code(pasted % format_code(code)) == code


def test_a_code_is_eight_groups_of_four():
    assert [len(group) for group in format_code(bytes(16)).split(" ")] == [4] * 8


@given(codes, st.integers(0, 31), st.sampled_from(base32.ALPHABET))
def test_one_wrong_symbol_is_always_noticed(code, place, symbol):
    symbols = format_code(code).replace(" ", "")
    mistyped = symbols[:place] + symbol + symbols[place + 1 :]
    if mistyped != symbols:
        with pytest.raises(CodeWrong):
            parse_code(mistyped)


@given(codes, st.integers(0, 30))
def test_two_symbols_in_the_wrong_order_are_always_noticed(code, place):
    symbols = list(format_code(code).replace(" ", ""))
    symbols[place], symbols[place + 1] = symbols[place + 1], symbols[place]
    if "".join(symbols) != format_code(code).replace(" ", ""):
        with pytest.raises(CodeWrong):
            parse_code("".join(symbols))


@pytest.mark.parametrize(
    "typed", ["", " ", "x", "²" * 32, "U" * 32, "A" * 31, "A" * 40, "æøå", "\x00", "0" * 100_000]
)
def test_anything_else_is_the_same_one_error(typed):
    with pytest.raises(CodeWrong) as caught:
        parse_code(typed)
    assert str(caught.value) == ""


def test_locator_and_key_come_from_the_code_alone_and_tell_nothing_of_each_other():
    one, other = (receipt_for(bytes(32), "patient", {"message": text}) for text in "ab")
    assert locator_of(one.code) == one.locator != other.locator
    assert sender_key(one.code).public_key().public_bytes_raw() == one.sender_key != other.sender_key
    assert one.locator not in sender_key(one.code).private_bytes_raw().hex()


@given(codes, st.sampled_from([" ", "-", "\n"]))
def test_a_code_longer_than_people_type_is_wrong_before_it_is_read(code, sign):
    """Eight small POSTs with half a million symbols once held every thread of the site."""
    typed = format_code(code)
    assert parse_code(typed.ljust(LONGEST, sign)) == code
    with pytest.raises(CodeWrong):
        parse_code(typed.ljust(LONGEST + 1, sign))
