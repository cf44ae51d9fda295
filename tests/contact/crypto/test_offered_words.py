"""The words that are offered as a passphrase: enough of them, and judged like any other."""

from math import log2

from contact.crypto.offered_words import WORDS, offer_passphrase, offered_words
from contact.crypto.passphrase import refuse_weak
from tests.proofs import examples


def test_six_words_drawn_by_lot_make_sixty_bits():
    words = offered_words()
    assert len(set(words)) == len(words)
    assert WORDS * log2(len(words)) >= 60
    first, second = offer_passphrase(), offer_passphrase()
    assert first != second
    assert len(first.split()) == WORDS
    assert set(first.split()) <= set(words)


def test_what_is_offered_is_always_taken():
    for _draw in range(examples(50)):
        refuse_weak(offer_passphrase(), ["ivar.nilsen", "Ivar", "Nilsen"])
