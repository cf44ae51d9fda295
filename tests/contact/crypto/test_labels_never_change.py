"""Eleven labels look like names of modules and are keys: changed, stored inquiries can never be read again.

Each answer was written down when its label was made. What a label stands in may move and be renamed; a test that
fails here says that data written yesterday does not open today.
"""

from hashlib import sha256
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core import signing

from contact.cases import reply_marks
from contact.crypto import return_code, sealing
from contact.keys import chain, grants, recovery_paper, staff_keys
from contact.models import InboxKey, StaffKey
from contact.sender import receipt
from contact.unlocking import unlocking

BYTES = bytes(range(32))
INBOX = X25519PrivateKey.from_private_bytes(BYTES)
NONCE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
TOKEN = (
    "IkFBRUNBd1FGQmdjSUNRb0xEQTBPRHhBUkVoTVVGUllYR0JrYUd4d2RIaDg9Ig"
    ":1xXrCK:43yoO-reJCIC3g6kVcMRTssQVRcmVK2BGDbPz1jye_0"
)


def digest(key: X25519PrivateKey) -> str:
    return sha256(key.private_bytes_raw()).hexdigest()


def test_the_place_of_a_sealed_value_is_bound_by_the_same_bytes():
    place = sealing._place(UUID("0b9d2c1e-5f0a-4f37-9c53-2f6d8a1b7e40"), "answers")
    assert place == b"mestring.contact.sealing\x01\x0b\x9d,\x1e_\nO7\x9cS/m\x8a\x1b~@answers"


def test_a_locked_staff_key_is_bound_to_its_row_by_the_same_bytes():
    assert staff_keys.place_of(7, BYTES) == b"mestring.contact.staff-key v1 7 " + BYTES


def test_a_grant_carries_the_same_mark():
    assert grants.holder_mac(INBOX, "staff", 7, BYTES).hex() == (
        "331035ec1bb5c6b769edb656f4c2b4c3b919e36d0918e0e42ab1c0c03fb33ca6"
    )


def test_a_generation_carries_the_same_link_to_the_one_before():
    key = InboxKey(generation=2, public_key=BYTES)
    assert chain.link_to(INBOX, key).hex() == ("6aa16d0709ac830e1e413df1edf0882cd9cdc8b6970924e0dedd3be5d81cb583")


def test_a_reply_carries_the_same_mark():
    row = UUID("0b9d2c1e-5f0a-4f37-9c53-2f6d8a1b7e40")
    other = X25519PrivateKey.from_private_bytes(BYTES[::-1])
    mark = reply_marks.reply_mark(INBOX, other.public_key().public_bytes_raw(), row, "Svar")
    assert mark == reply_marks.reply_mark(other, INBOX.public_key().public_bytes_raw(), row, "Svar")
    assert mark.hex() == ("16d1fd7fd1725437df6dcd838144ca4234c0c20c989211b3b749a857ede9b3c1")


def test_a_recovery_paper_stands_for_the_same_key():
    lines = "".join(recovery_paper._printed(number, part) for number, part in recovery_paper._parts(BYTES[:20]))
    assert " ".join(lines.split()) == "1) 000G 40R4 M9 2) 0M30 E209 KA 3) 185G R38E 89 4) 1W81 24GK 3X"
    assert (
        digest(recovery_paper.key_on(lines)) == "120c67f0371c689c616465f9e6352d0725f069e63bcd87751accf578e4bc43ff"
    )


def test_a_return_code_derives_the_same_things():
    code = BYTES[:16]
    assert return_code.format_code(code) == "000G 40R4 0M30 E209 185G R38E 1XE0 X4PQ"
    assert return_code.locator_of(code) == "e84eeb5209d8ab65ce9120fb6f6ddda2"
    assert return_code.reference_of(code) == "N9VJ-E8JZ"
    assert digest(return_code.sender_key(code)) == (
        "4361f3e4b418135c50fa4d3d2ca7e70b4a9a7d0e153564eb9cefe55b9cdf31b2"
    )


def test_a_form_and_its_answers_give_the_same_receipt(settings):
    settings.RECEIPT_SECRET = "a secret that never changes"
    made = receipt.receipt_for(BYTES, "patient", {"message": "Hei", "name": "Kari"})
    assert made.formatted_code == "H5M8 G6BT 3QY3 E3E2 1A9D HN6F 1KAW B8AP"


def test_a_form_token_of_yesterday_is_read_today(settings):
    settings.SECRET_KEY = "a key that never changes"
    with pytest.raises(receipt.TokenBroken):
        receipt.nonce_of(signing.dumps(NONCE, salt="another"))
    assert receipt.nonce_of(TOKEN) == BYTES


def test_an_unlocked_key_lies_under_the_same_name_and_is_bound_by_the_same_bytes():
    session = unlocking.place_of("a-session")
    assert session == "fe273db5c252aafb92dc8637cfb55a3896af5eaf9f63ae7f33e93b68ee048ec4"
    assert (
        unlocking._place(session, StaffKey(pk=3, user_id=7))
        == f"mestring.contact.unlocked v1 {session} 7 3".encode()
    )
