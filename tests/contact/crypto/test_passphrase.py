"""An inbox passphrase is long enough, and not what an acquaintance of the colleague would guess."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from contact.crypto import passphrase
from contact.crypto.passphrase import (
    Cost,
    LockedKey,
    PassphraseWeak,
    PassphraseWrong,
    lock_key,
    refuse_weak,
    unlock_key,
)

ORIGINAL = passphrase.COST  # before the tests make it cheap
NAMES = ["ivar.nilsen", "Ivar", "Nilsen", "ivar@mestringshusene.example"]


@pytest.mark.parametrize(
    "weak",
    [
        "", "kort", "femten tegn abc", "a" * 40, "hest hest hest hest", "abababababababababab",
        "ivar nilsen ivar nilsen", "Mestringshusene 2026", "mestringshusene innboks passord",
        "passordpassordpassord", "1234567890123456789", "qwertyuiop asdfghjkl", "abcdefghijklmnopqrst",
        "ivar mestring hest 2026", "iloveyou iloveyou", "Velkommen til klinikken", "................katt",
        "lala bobo lala bobob", "rar sykkel rar sykkel",
        # songs, hymns, proverbs, known from elsewhere, and what everybody says
        "ja vi elsker dette landet", "deilig er jorden prektig er", "Borte bra, men hjemme best!",
        "correct horse battery staple", "jeg elsker mamma og pappa", "sommeren 2024 var fin",
    ],
)  # fmt: skip
def test_what_anybody_would_guess_is_refused(weak):
    with pytest.raises(PassphraseWeak) as caught:
        refuse_weak(weak, NAMES)
    assert not weak or weak not in str(caught.value)


@pytest.mark.parametrize(
    "strong",
    [
        "gul traktor ved sjøen 7 kråker",
        "rar tunge sykler baklengs",
        "X7f9-Qm2p-Lk4w-Rt6z",
        "Ivar fikk tre grønne epler",
    ],
)
def test_some_words_that_have_nothing_to_do_with_each_other_are_taken(strong):
    refuse_weak(strong, NAMES)


def test_a_passphrase_longer_than_people_type_is_refused_before_it_is_judged():
    with pytest.raises(PassphraseWeak, match="200"):
        refuse_weak("gul traktor ved sjøen " * 10_000, NAMES)


def bound_to(place):
    """Return a place that names no public key."""
    return lambda _public: place


def test_the_same_signs_from_another_keyboard_open_it():
    key = X25519PrivateKey.generate()
    locked = lock_key(key, "blå bær", b"")
    assert unlock_key(locked, "  bla\u030a  bær\n", bound_to(b"")).private_bytes_raw() == key.private_bytes_raw()


@given(st.sampled_from([b"", b"her", b"here "]), st.integers(min_value=0, max_value=59), st.integers(1, 255))
def test_a_locked_key_with_any_byte_changed_or_another_place_does_not_open(place, at, flip):
    key = X25519PrivateKey.generate()
    locked = lock_key(key, "blå bær", b"here")
    changed = bytearray(locked.sealed)
    changed[at] ^= flip
    for other in (bytes(changed), locked.sealed[:at]):
        with pytest.raises(PassphraseWrong):
            unlock_key(LockedKey(other, locked.salt, locked.cost), "blå bær", bound_to(b"here"))
    with pytest.raises(PassphraseWrong):
        unlock_key(locked, "blå bær", bound_to(place))


def test_a_try_costs_what_rfc_9106_recommends_and_the_cost_is_kept_with_the_key(monkeypatch):
    assert Cost(memory_kib=65_536, passes=3, lanes=4) == ORIGINAL
    monkeypatch.setattr(passphrase, "COST", ORIGINAL)
    key = X25519PrivateKey.generate()
    locked = lock_key(key, "blå bær", b"")
    monkeypatch.setattr(passphrase, "COST", Cost(8, 1, 1))
    assert unlock_key(locked, "blå bær", bound_to(b"")).private_bytes_raw() == key.private_bytes_raw()
