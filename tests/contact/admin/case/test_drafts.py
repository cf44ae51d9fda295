"""What a colleague has begun on a case comes back to that colleague, until it is sent."""

import re
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contact.cases.drafts import keep_draft
from contact.crypto.sealing import SealBroken, open_sealed
from contact.keys.keyring import KeysMissing
from contact.models import AccessEntry, CaseDraft, StaffKey
from contact.retention.erasure import erase
from tests.contact.admin.case.test_replies import hidden, page_of, text_of
from tests.contact.admin.test_reply_templates import reply_in
from tests.contact.cases.test_next_step import local, tomorrow
from tests.contact.conftest import CANARY, PASSPHRASE

pytestmark = pytest.mark.django_db
LIST = "/admin/contact/inquiry/"
BEGUN = {"reply-text": f"Hei, {CANARY}", "note-text": "husk brev", "outside-text": "", "outside-way": "called"}


def locked():
    """The key of a colleague who has not unlocked."""
    raise KeysMissing


def numbers_of(page):
    return {name: hidden(page.text, name) for name in ("draft-page", "draft-shown")}


def test_what_is_begun_is_there_when_the_case_is_opened_again_until_it_is_sent(inquiry_client, inquiry):
    numbers = numbers_of(inquiry_client.get(page_of(inquiry)))
    for verb in ("take", "draft"):
        inquiry_client.post(page_of(inquiry, verb), BEGUN | numbers)
    page = inquiry_client.get(page_of(inquiry))
    assert reply_in(page) == BEGUN["reply-text"]
    assert "husk brev" in text_of(page)
    fields = {name: hidden(page.text, name) for name in ("reply-form", "reply-seen", "note-form")}
    inquiry_client.post(page_of(inquiry, "reply"), BEGUN | fields | numbers_of(page))
    page = inquiry_client.get(page_of(inquiry))
    assert reply_in(page) == ""
    assert "husk brev" in text_of(page)
    emptied = {"reply-text": "", "note-text": " ", "outside-text": ""}
    inquiry_client.post(page_of(inquiry, "draft"), emptied | numbers_of(page))
    assert not CaseDraft.objects.exists()


def test_a_tab_that_never_showed_the_draft_does_not_take_it_away(inquiry_client, inquiry):
    first, second = (numbers_of(inquiry_client.get(page_of(inquiry))) for _tab in "ab")
    inquiry_client.post(page_of(inquiry, "draft"), BEGUN | first)
    inquiry_client.post(page_of(inquiry, "take"), dict.fromkeys(BEGUN, "") | second)
    assert reply_in(inquiry_client.get(page_of(inquiry))) == BEGUN["reply-text"]


def test_two_tabs_with_words_lose_none_and_say_that_there_are_more(inquiry_client, inquiry):
    inquiry_client.post(page_of(inquiry, "draft"), BEGUN)
    first, second = (numbers_of(inquiry_client.get(page_of(inquiry))) for _tab in "ab")
    inquiry_client.post(page_of(inquiry, "draft"), BEGUN | first | {"reply-text": "Hei fra den ene"})
    inquiry_client.post(page_of(inquiry, "draft"), BEGUN | second | {"reply-text": "Hei fra den andre"})
    page = inquiry_client.get(page_of(inquiry))
    assert reply_in(page) == "Hei fra den andre"
    assert "i en annen fane" in page.text
    inquiry_client.post(page_of(inquiry, "draft"), dict.fromkeys(BEGUN, "") | numbers_of(page))
    page = inquiry_client.get(page_of(inquiry))
    assert reply_in(page) == "Hei fra den ene"
    assert "i en annen fane" not in page.text


@pytest.mark.parametrize("written", ["reply", "note"])
def test_a_draft_that_arrives_after_its_text_was_sent_is_none(inquiry_client, inquiry, written):
    page = inquiry_client.get(page_of(inquiry)).text
    names = ("reply-form", "reply-seen", "note-form", "draft-page", "draft-shown")
    sent = {name: hidden(page, name) for name in names} | {f"{written}-text": "Hei,\r\ndu.  "}
    inquiry_client.post(page_of(inquiry, written), sent)
    inquiry_client.post(page_of(inquiry, "draft"), {"reply-text": ""} | sent)
    assert not CaseDraft.objects.exists()
    inquiry_client.post(page_of(inquiry, "draft"), {"reply-text": ""} | sent | {f"{written}-text": "Hei, du. Og"})
    assert CaseDraft.objects.exists()


def test_what_a_second_tab_has_kept_of_a_sent_text_goes_with_the_sending(inquiry_client, inquiry):
    first = inquiry_client.get(page_of(inquiry))
    names = ("reply-form", "reply-seen", "note-form")
    begun = {"reply-text": "Hei"} | {name: hidden(first.text, name) for name in names}
    inquiry_client.post(page_of(inquiry, "draft"), begun | numbers_of(first))
    second = inquiry_client.get(page_of(inquiry))
    inquiry_client.post(page_of(inquiry, "draft"), begun | numbers_of(second))
    inquiry_client.post(page_of(inquiry, "reply"), begun | numbers_of(first))
    assert not CaseDraft.objects.exists()


def test_a_look_at_a_case_writes_only_that_it_was_looked_at(inquiry_client, inquiry, inquiry_staff):
    page = inquiry_client.get(page_of(inquiry))
    sent = {"reply-text": "Hei"} | {name: hidden(page.text, name) for name in ("reply-form", "reply-seen")}
    inquiry_client.post(page_of(inquiry, "reply"), sent | numbers_of(page))
    keep_draft(inquiry, inquiry_staff, sent, uuid4(), None, locked)  # was under way when the reply was stored
    with CaptureQueriesContext(connection) as asked:
        page = inquiry_client.get(page_of(inquiry))
    writing = r'(?:INSERT INTO|UPDATE|DELETE FROM) "(contact_\w+)"'
    wrote = [table[1] for query in asked if (table := re.match(writing, query["sql"]))]
    assert wrote == ["contact_accessentry"]
    assert (reply_in(page), CaseDraft.objects.count()) == ("", 1)
    assert "Du har begynt på noe her" not in text_of(page)
    note = {"note-text": "husk", "note-form": hidden(page.text, "note-form")}
    inquiry_client.post(page_of(inquiry, "note"), note | numbers_of(page))
    assert not CaseDraft.objects.exists()


@pytest.mark.parametrize("signs", ["\u200b", " \u00ad\u2060 "])
def test_signs_that_no_reader_sees_are_no_draft_and_stop_no_closing(inquiry_client, inquiry, signs):
    page = inquiry_client.get(page_of(inquiry))
    typed = numbers_of(page) | {"reply-text": signs, "note-text": signs, "close-journal": "recorded"}
    inquiry_client.post(page_of(inquiry, "draft"), typed)
    assert not CaseDraft.objects.exists()
    closed = inquiry_client.post(page_of(inquiry, "close"), typed | {"reply-seen": ""})
    assert closed.status_code == 302


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


@pytest.mark.parametrize("written", ["outside", "step"])
def test_a_draft_that_arrives_after_a_call_or_a_step_was_stored_is_none(inquiry_client, inquiry, written):
    page = inquiry_client.get(page_of(inquiry))
    sent = numbers_of(page) | {
        f"{written}-form": hidden(page.text, f"{written}-form"),
        f"{written}-text": "Ringer\r\nhen.",
    }
    sent |= {"outside-way": "called", "outside-outcome": "reached"} if written == "outside" else {}
    sent |= {"step-what": "reply", "step-at": local(tomorrow())} if written == "step" else {}
    verb = {"outside": "outside", "step": "next-step"}[written]
    inquiry_client.post(page_of(inquiry, verb), {"reply-text": ""} | sent)
    inquiry_client.post(page_of(inquiry, "draft"), {"reply-text": ""} | sent)
    assert "Du har begynt på noe her" not in text_of(inquiry_client.get(page_of(inquiry)))
    assert not CaseDraft.objects.exists()
    inquiry_client.post(page_of(inquiry, "draft"), {"reply-text": ""} | sent | {f"{written}-text": "Noe nytt"})
    assert CaseDraft.objects.exists()


def test_a_kept_reason_shows_no_list_of_wishes_that_is_empty(inquiry_client, inquiry):
    inquiry_client.post(page_of(inquiry, "draft"), BEGUN | {"outside-reason": "Avtalt i går"})
    page = text_of(inquiry_client.get(page_of(inquiry)))
    assert "Avtalt i går" in page
    assert "Dette er mot det avsenderen ønsker" not in page


@pytest.mark.parametrize("locked", [False, True], ids=["unlocked", "locked"])
def test_a_key_that_an_intruder_put_in_the_colleague_s_place_opens_no_draft(unlocked_client, inquiry, locked):
    intruder = X25519PrivateKey.generate()
    numbers = numbers_of(unlocked_client.get(page_of(inquiry)))
    StaffKey.objects.update(public_key=intruder.public_key().public_bytes_raw())
    half = unlocked_client.cookies.pop("__Host-inbox") if locked else None
    unlocked_client.post(page_of(inquiry, "draft"), BEGUN | numbers)
    draft = CaseDraft.objects.get()
    with pytest.raises(SealBroken):
        open_sealed(bytes(draft.sealed), intruder, draft.pk, CaseDraft.SEALED_FIELD)
    if half:
        unlocked_client.cookies["__Host-inbox"] = half.value
    assert reply_in(unlocked_client.get(page_of(inquiry))) == BEGUN["reply-text"]
