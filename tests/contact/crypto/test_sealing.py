import json
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from contact.crypto.sealing import BUCKET, SealBroken, open_sealed, seal
from tests.proofs import examples

KEY = X25519PrivateKey.generate()
ROW = uuid4()
FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("sealed_v*.json"))


def sealed(text: bytes = b"hei") -> bytes:
    return seal(text, KEY.public_key(), ROW, "answers")


@given(st.binary(max_size=2000), st.uuids(), st.text(max_size=40))
def test_what_was_sealed_opens_again(text, row, field):
    assert open_sealed(seal(text, KEY.public_key(), row, field), KEY, row, field) == text


@settings(max_examples=examples(300))
@given(st.data())
def test_any_flipped_bit_breaks_the_seal(data):
    whole = sealed()
    changed = bytearray(whole)
    changed[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        open_sealed(bytes(changed), KEY, ROW, "answers")


def test_every_truncation_and_any_longer_text_breaks_the_seal():
    whole = sealed()
    for wrong in [*(whole[:length] for length in range(len(whole))), whole + b"\0"]:
        with pytest.raises(SealBroken):
            open_sealed(wrong, KEY, ROW, "answers")


@given(st.uuids(), st.text(max_size=20))
def test_a_value_opens_in_no_other_place(row, field):
    if (row, field) == (ROW, "answers"):
        return
    with pytest.raises(SealBroken):
        open_sealed(sealed(), KEY, row, field)


def test_another_key_does_not_open():
    with pytest.raises(SealBroken):
        open_sealed(sealed(), X25519PrivateKey.generate(), ROW, "answers")


@pytest.mark.parametrize("version", [0, 2, 255])
def test_an_unknown_version_does_not_open(version):
    with pytest.raises(SealBroken):
        open_sealed(bytes([version]) + sealed()[1:], KEY, ROW, "answers")


@given(st.binary(max_size=400))
def test_rubbish_is_a_broken_seal_and_nothing_else(rubbish):
    with pytest.raises(SealBroken):
        open_sealed(b"\x01" + rubbish, KEY, ROW, "answers")


def test_a_point_of_low_order_is_a_broken_seal():
    with pytest.raises(SealBroken):
        open_sealed(b"\x01" + bytes(32) + sealed()[33:], KEY, ROW, "answers")


@given(st.integers(0, 252), st.integers(0, 252))
def test_short_texts_all_look_equally_long(one, other):
    assert len(sealed(b"x" * one)) == len(sealed(b"x" * other))


def test_a_longer_text_grows_by_whole_buckets():
    assert len(sealed(b"x" * 253)) - len(sealed(b"")) == BUCKET


def test_the_same_text_is_never_sealed_the_same_way_twice():
    assert sealed() != sealed()


def test_a_broken_seal_says_nothing():
    with pytest.raises(SealBroken) as caught:
        open_sealed(sealed()[:-1], KEY, ROW, "answers")
    assert str(caught.value) == ""
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_format_ever_written_still_opens(path):
    kept = json.loads(path.read_text(encoding="utf-8"))
    key = X25519PrivateKey.from_private_bytes(bytes.fromhex(kept["private_key"]))
    for case in kept["sealed"].values():
        opened = open_sealed(bytes.fromhex(case["sealed"]), key, UUID(kept["row"]), kept["field"])
        assert opened.decode() == case["text"]


def test_a_fixture_of_format_1_is_there():
    assert [path.stem for path in FIXTURES] == ["sealed_v1"]


def test_every_flipped_byte_breaks_the_seal():
    whole = sealed()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        with pytest.raises(SealBroken):
            open_sealed(bytes(changed), KEY, ROW, "answers")


def test_two_values_that_change_places_open_in_neither():
    other, whole = uuid4(), sealed()
    swapped = seal(b"hei", KEY.public_key(), other, "answers")
    for text, row in ((whole, other), (swapped, ROW)):
        with pytest.raises(SealBroken):
            open_sealed(text, KEY, row, "answers")
