"""What a colleague has begun on a case comes back to that colleague, until it is sent."""

import pytest

from contact.models import AccessEntry, CaseDraft
from contact.retention.erasure import erase
from tests.contact.admin.case.test_replies import hidden, page_of, text_of
from tests.contact.admin.test_reply_templates import reply_in
from tests.contact.conftest import CANARY, PASSPHRASE

pytestmark = pytest.mark.django_db
LIST = "/admin/contact/inquiry/"
BEGUN = {"reply-text": f"Hei, {CANARY}", "note-text": "husk brev", "outside-text": "", "outside-way": "called"}


def test_what_is_begun_is_there_when_the_case_is_opened_again_until_it_is_sent(inquiry_client, inquiry):
    for verb in ("take", "draft"):
        inquiry_client.post(page_of(inquiry, verb), BEGUN)
    page = inquiry_client.get(page_of(inquiry))
    assert reply_in(page) == BEGUN["reply-text"]
    assert "husk brev" in text_of(page)
    fields = {name: hidden(page.text, name) for name in ("reply-form", "reply-seen", "note-form")}
    inquiry_client.post(page_of(inquiry, "reply"), BEGUN | fields)
    page = inquiry_client.get(page_of(inquiry))
    assert reply_in(page) == ""
    assert "husk brev" in text_of(page)
    inquiry_client.post(page_of(inquiry, "draft"), {"reply-text": "", "note-text": " ", "outside-text": ""})
    assert not CaseDraft.objects.exists()


@pytest.mark.parametrize("written", ["reply", "note"])
def test_a_draft_that_arrives_after_its_text_was_sent_is_none(inquiry_client, inquiry, written):
    page = inquiry_client.get(page_of(inquiry)).text
    names = ("reply-form", "reply-seen", "note-form")
    sent = {name: hidden(page, name) for name in names} | {f"{written}-text": "Hei,\r\ndu.  "}
    inquiry_client.post(page_of(inquiry, written), sent)
    inquiry_client.post(page_of(inquiry, "draft"), {"reply-text": ""} | sent)
    assert not CaseDraft.objects.exists()
    inquiry_client.post(page_of(inquiry, "draft"), {"reply-text": ""} | sent | {f"{written}-text": "Hei, du. Og"})
    assert CaseDraft.objects.exists()


def test_the_draft_is_sealed_to_its_writer_and_comes_back_after_locking(unlocked_client, launched, inquiry_staff):
    locked = unlocked_client.post(page_of(launched, "lock"), BEGUN)
    assert locked.url == LIST
    row = CaseDraft.objects.get()
    assert (row.writer, row.staff_key.user, row.key) == (inquiry_staff, inquiry_staff, None)
    assert CANARY.encode() not in bytes(row.sealed)
    page = unlocked_client.get(page_of(launched))
    assert CANARY not in page.text
    assert "Du har begynt på noe her" in text_of(page)
    unlocked_client.post(f"{LIST}unlock/", {"passphrase": PASSPHRASE})
    assert reply_in(unlocked_client.get(page_of(launched))) == BEGUN["reply-text"]


def test_a_draft_that_does_not_open_leaves_the_case_readable(inquiry_client, inquiry):
    inquiry_client.post(page_of(inquiry, "draft"), BEGUN)
    CaseDraft.objects.update(sealed=b"x")
    page = inquiry_client.get(page_of(inquiry))
    assert (page.status_code, reply_in(page)) == (200, "")


def test_a_draft_is_its_writers_alone_and_goes_with_the_case(
    inquiry_client, administrator_client, inquiry, inquiry_staff
):
    inquiry_client.post(page_of(inquiry, "draft"), BEGUN)
    assert "husk brev" not in text_of(administrator_client.get(page_of(inquiry)))
    administrator_client.post(page_of(inquiry, "draft"), BEGUN | {"note-text": "en annen"})
    assert "husk brev" in text_of(inquiry_client.get(page_of(inquiry)))
    inquiry_client.post(page_of(inquiry, "take"), {"list": ""})
    assert CaseDraft.objects.count() == 2
    erase(inquiry, AccessEntry.Action.ERASED)
    assert not CaseDraft.objects.exists()
