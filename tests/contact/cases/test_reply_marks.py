"""A reply that an intruder wrote into the database is shown as the clinic's neither to its sender nor to staff."""

from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.utils import timezone

from contact.cases.reading import open_messages
from contact.cases.reply_marks import begin_marks, reply_mark
from contact.cases.writing import replies
from contact.crypto.sealing import seal
from contact.keys.generations import new_generation
from contact.keys.keyring import fingerprint_file
from contact.models import InboxKey, Inquiry, Message
from contact.sender import thread
from tests.contact.conftest import FORM, with_paper, with_passphrase

pytestmark = pytest.mark.django_db
FORGED = "Ring 900 11 223 med en gang og oppgi kontonummer."


def forge(inquiry, *, mark_of=None, **columns):
    """Write a reply with what stands in the database: public keys."""
    row, key = uuid4(), inquiry.key
    return Message.objects.create(
        id=row, inquiry=inquiry, kind="reply", key=key, mark=mark_of and mark_of(row),
        sealed=seal(FORGED.encode(), public(key.public_key), row, "message"),
        sealed_to_sender=seal(FORGED.encode(), public(inquiry.sender_key), row, "message to sender"), **columns,
    )  # fmt: skip


def public(raw):
    return X25519PublicKey.from_public_bytes(bytes(raw))


def shown(receipt):
    return [entry.text for entry in thread.open_thread(receipt.code).entries if entry.is_reply]


def by_the_thief_s_own_key(inquiry):
    thief = X25519PrivateKey.generate()
    return lambda row: reply_mark(thief, bytes(inquiry.sender_key), row, FORGED)


MARKS = {
    "none": lambda inquiry: None,
    "zeroes": lambda inquiry: lambda row: bytes(32),
    "the thief's own": by_the_thief_s_own_key,
}


@pytest.mark.parametrize("kind", MARKS)
def test_a_reply_that_an_intruder_wrote_has_no_text_for_its_sender_nor_for_staff(client, receipt, inquiry, kind):
    forge(inquiry, mark_of=MARKS[kind](inquiry))
    assert shown(receipt) == [""]
    assert [entry.text for entry in open_messages(inquiry)] == [""]
    page = client.post("/kontakt/svar/", {"code": receipt.formatted_code}).text
    assert "900 11 223" not in page
    assert "Dette svaret kan ikke åpnes. Ring oss" in page


def test_an_inbox_key_that_an_intruder_put_there_marks_nothing(receipt, inquiry):
    evil = X25519PrivateKey.generate()
    planted = InboxKey.objects.create(generation=2, public_key=evil.public_key().public_bytes_raw())
    Inquiry.objects.update(key=planted)
    forge(Inquiry.objects.get(), mark_of=lambda row: reply_mark(evil, bytes(inquiry.sender_key), row, FORGED))
    assert shown(receipt) == [""]


def test_a_mark_belongs_to_its_row_and_its_text(receipt, inquiry, inquiry_staff):
    replies.reply(inquiry, "Svar", inquiry_staff, form=FORM, seen=None)
    mark = Message.objects.get().mark
    forge(inquiry, mark_of=lambda row: mark)
    assert sorted(shown(receipt)) == ["", "Svar"]
    assert sorted(entry.text for entry in open_messages(inquiry)) == ["", "Svar"]


def test_a_reply_stays_readable_after_new_keys_and_for_each_holder(
    receipt, inquiry, inquiry_staff, enrolled, printed
):
    replies.reply(inquiry, "Svar", inquiry_staff, form=FORM, seen=None, opener=with_passphrase(enrolled))
    new_generation(with_passphrase(enrolled))
    assert shown(receipt) == ["Svar"]
    for opener in (with_passphrase(enrolled), with_paper(printed)):
        assert [entry.text for entry in open_messages(inquiry, opener)] == ["Svar"]


def test_replies_from_before_there_were_marks_are_read_and_later_ones_without_are_not(receipt, inquiry):
    forge(inquiry)
    begin_marks()
    forge(inquiry, written_at=timezone.now() + timedelta(days=2))
    assert shown(receipt) == [FORGED, ""]
    assert [entry.text for entry in open_messages(inquiry)] == [FORGED, ""]


def test_a_site_that_had_no_such_replies_reads_none_whatever_its_date(receipt, inquiry):
    begin_marks()
    forge(inquiry, written_at="2020-01-01T00:00Z")
    begin_marks()
    assert shown(receipt) == [""]


def test_without_the_file_of_fingerprints_no_mark_counts(receipt, inquiry, inquiry_staff):
    replies.reply(inquiry, "Svar", inquiry_staff, form=FORM, seen=None)
    fingerprint_file().unlink()
    assert shown(receipt) == [""]
