"""The recovery paper is proven by typing what was printed; both outcomes are logged without a word of it."""

import pytest
from django.db import DatabaseError

from contact.keys import key_holders, recovery
from contact.keys.generations import new_generation
from contact.keys.key_holders import is_paper_proven
from contact.keys.keyring import KeysMissing, pin
from contact.keys.recovery_paper import PaperWrong, new_paper
from contact.models import AccessEntry, Grant, InboxKey
from tests.contact.conftest import with_paper

pytestmark = pytest.mark.django_db


def logged():
    return list(AccessEntry.objects.values_list("action", "username", "reference", "inquiry_id"))


def test_a_new_paper_is_not_proven(keyring):
    assert not is_paper_proven()


def test_the_right_text_proves_it_and_notes_when(keyring, printed):
    recovery.prove_paper(printed)
    assert is_paper_proven()
    assert keyring.grants.get(principal="recovery").proven_at is not None
    assert keyring.grants.get(principal="server").proven_at is None


def test_typing_it_again_notes_the_later_time(keyring, printed):
    recovery.prove_paper(printed)
    first = keyring.grants.get(principal="recovery").proven_at
    recovery.prove_paper(printed)
    assert keyring.grants.get(principal="recovery").proven_at > first


@pytest.mark.parametrize("typed", ["", "hei", "1) AAAA AAAA AA", new_paper()])
def test_another_text_proves_nothing(keyring, typed):
    with pytest.raises(PaperWrong):
        recovery.prove_paper(typed)
    assert not is_paper_proven()


def test_a_wrong_text_does_not_take_back_an_earlier_proof(keyring, printed):
    recovery.prove_paper(printed)
    with pytest.raises(PaperWrong):
        recovery.prove_paper("hei")
    assert is_paper_proven()


def test_a_paper_that_opens_another_key_than_inquiries_are_sealed_to_proves_nothing(keyring, printed):
    InboxKey.objects.update(public_key=bytes(range(32)))
    keyring.refresh_from_db()
    pin(keyring)
    with pytest.raises(PaperWrong):
        recovery.prove_paper(printed)


def test_a_new_generation_has_to_be_proven_anew(keyring, printed):
    recovery.prove_paper(printed)
    newer = InboxKey.objects.create(generation=2, public_key=bytes(keyring.public_key))
    pin(newer)
    assert not is_paper_proven()
    with pytest.raises(PaperWrong):
        recovery.prove_paper(printed)
    Grant.objects.create(key=newer, principal="recovery", sealed_private=b"")
    assert not is_paper_proven()


def test_it_takes_two_queries_to_ask_however_many_keys_there_were(enrolled, printed, django_assert_num_queries):
    for _time in range(3):
        new_generation(with_paper(printed))
    with django_assert_num_queries(2):
        is_paper_proven()


def test_both_outcomes_are_logged_without_an_inquiry_and_without_what_was_typed(printed, administrator):
    with pytest.raises(PaperWrong):
        recovery.prove_paper("QWER TYUP AS", administrator)
    recovery.prove_paper(printed, administrator)
    recovery.prove_paper(printed)
    assert logged() == [
        ("paper_proven", "", "", None), ("paper_proven", "kari", "", None), ("paper_wrong", "kari", "", None),
    ]  # fmt: skip


def test_a_proof_that_cannot_be_logged_is_none(printed, monkeypatch):
    def full(**_fields):
        raise DatabaseError("disk full")

    monkeypatch.setattr(AccessEntry.objects, "create", full)
    with pytest.raises(DatabaseError):
        recovery.prove_paper(printed)
    assert not is_paper_proven()


def test_before_the_inbox_has_a_key_there_is_nothing_to_prove(db):
    with pytest.raises(KeysMissing):
        recovery.prove_paper(new_paper())


def test_what_is_left_to_do_is_to_prove_then_to_delete_the_file_then_nothing(printed):
    assert recovery.paper_left_to_do() == "prove"
    recovery.prove_paper(printed)
    assert recovery.paper_left_to_do() == "delete"
    key_holders.paper_file().unlink()
    assert recovery.paper_left_to_do() == ""
