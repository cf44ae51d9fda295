import re

import pytest
import time_machine
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from contact.sender.receipt import SALT, TokenBroken, canonical_answers, new_token, nonce_of, receipt_for

NONCE = bytes(range(32))
words = st.dictionaries(st.sampled_from(["message", "name", "phone"]), st.text(max_size=60), min_size=1)


@given(words)
def test_same_form_and_same_answers_give_the_same_receipt(answers):
    again = dict(reversed(answers.items()))
    assert receipt_for(NONCE, "patient", answers) == receipt_for(NONCE, "patient", again)


@given(words, words)
def test_other_answers_give_another_receipt(one, other):
    same = canonical_answers("patient", one) == canonical_answers("patient", other)
    locators = {receipt_for(NONCE, "patient", answers).locator for answers in (one, other)}
    assert (len(locators) == 1) == same


def test_line_endings_and_outer_space_are_the_same_answer():
    typed = {"message": "  en\r\nto\rtre \n"}
    assert canonical_answers("patient", typed) == canonical_answers("patient", {"message": "en\nto\ntre"})


def test_the_role_and_the_form_are_part_of_the_receipt():
    base = receipt_for(NONCE, "patient", {"message": "hei"})
    assert receipt_for(NONCE, "relative", {"message": "hei"}).locator != base.locator
    assert receipt_for(bytes(32), "patient", {"message": "hei"}).locator != base.locator


def test_the_server_secret_is_part_of_the_receipt(settings):
    base = receipt_for(NONCE, "patient", {"message": "hei"})
    settings.RECEIPT_SECRET = "another" * 8
    assert receipt_for(NONCE, "patient", {"message": "hei"}) != base


def test_the_reference_is_two_groups_that_can_be_said_on_the_phone():
    reference = receipt_for(NONCE, "patient", {"message": "hei"}).reference
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", reference)


def test_code_locator_and_reference_are_independent():
    receipt = receipt_for(NONCE, "patient", {"message": "hei"})
    assert len(receipt.code) == 16
    assert receipt.code.hex() != receipt.locator
    assert len(receipt.locator) == 32


def test_the_code_is_not_shown_by_repr():
    receipt = receipt_for(NONCE, "patient", {"message": "hei"})
    assert repr(receipt.code) not in repr(receipt)
    assert receipt.code.hex() not in repr(receipt)


def test_a_token_carries_its_own_nonce_of_256_bits():
    token = new_token()
    assert len(nonce_of(token)) == 32
    assert nonce_of(token) == nonce_of(token)
    assert nonce_of(token) != nonce_of(new_token())


def test_the_age_of_a_token_never_matters():
    with time_machine.travel("2020-01-01T12:00Z"):
        token = new_token()
    with time_machine.travel("2030-01-01T12:00Z"):
        assert len(nonce_of(token)) == 32


@pytest.mark.parametrize("wrong", ["", "x", "a:b:c", "\x00", "æ:ø:å"])
def test_a_forged_token_is_refused(wrong):
    with pytest.raises(TokenBroken):
        nonce_of(wrong)


def test_a_token_signed_for_something_else_is_refused():
    with pytest.raises(TokenBroken):
        nonce_of(signing.dumps("A" * 44, salt="elsewhere"))


@pytest.mark.parametrize("content", ["QUFB", 7, None, "ikke base64"])
def test_a_signed_token_without_a_whole_nonce_is_refused(content):
    with pytest.raises(TokenBroken):
        nonce_of(signing.dumps(content, salt=SALT))


def test_a_token_from_before_the_secret_was_changed_is_refused(settings):
    token = new_token()
    settings.SECRET_KEY = "changed" * 8
    with pytest.raises(TokenBroken):
        nonce_of(token)
