"""The inbox as a list: what waits longest comes first, and names stand in it only while it is unlocked."""

from datetime import UTC, datetime, timedelta

import html5lib
import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from contact.admin.inbox.counts import LIMIT
from contact.admin.inbox.list import PER_PAGE
from contact.audit import staff_activity
from contact.cases import ownership
from contact.cases.writing import replies
from contact.keys import key_holders
from contact.models import AccessEntry, Grant, Inquiry
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.conftest import CANARY, FORM, PASSPHRASE
from tests.queries import queries

pytestmark = pytest.mark.django_db
LIST = "/admin/contact/inquiry/"
WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)  # ten o'clock in Oslo


@pytest.fixture
def locked(inquiry, enrolled, inquiry_client):
    """An inbox that only colleagues can open."""
    Grant.objects.filter(principal="server").delete()
    return inquiry_client


@pytest.fixture
def unlocked(locked):
    """The same, opened by Ivar."""
    assert locked.post(f"{LIST}unlock/", {"passphrase": PASSPHRASE}).status_code == 302
    return locked


def came(message="Hei", **more):
    receipt = receive(more.pop("role", "patient"), "nb", {"message": message} | more, nonce_of(new_token()))
    return Inquiry.objects.get(locator=receipt.locator)


def tree(answer):
    return html5lib.parse(answer.text, namespaceHTMLElements=False)


def cells(answer):
    """Return the words of each row, by column."""
    page = tree(answer)
    heads = ["".join(head.itertext()).strip() for head in page.findall(".//thead//th")]
    rows = page.findall(".//table[@class='cases']/tbody/tr")
    return [
        dict(zip(heads, (" ".join("".join(cell.itertext()).split()) for cell in row), strict=True)) for row in rows
    ]


def references(answer):
    page = tree(answer)
    return [link.get("href").split("/")[-3] for link in page.findall(".//tbody/tr/th/a")]


# --- columns -------------------------------------------------------------------------------------


def test_each_case_stands_with_status_owner_due_age_role_language_and_what_is_unread(
    locked, inquiry, inquiry_staff
):
    ownership.take(inquiry, inquiry_staff)
    Inquiry.objects.update(received_at=timezone.now() - timedelta(days=3), quarantined=True)
    (row,) = cells(locked.get(LIST))
    assert inquiry.reference in row["Henvendelse"]
    assert "Ikke lest" in row["Henvendelse"]
    assert "Du" in row["Hvem har henvendelsen"].split()
    assert row["Fra"].endswith("Trenger hjelp")
    assert row["Språk"].endswith("bokmål")
    assert "Åpen" in row["Status"]
    assert "kan være søppel" in row["Status"]
    assert row["Mottatt"].replace("\xa0", " ").endswith("for 3 dager siden")
    assert " kl. " in row["Frist for svar"]


def test_a_closed_case_without_an_owner_is_not_called_free(locked, inquiry):
    Inquiry.objects.update(status="closed", closed_at=timezone.now())
    (row,) = cells(locked.get(f"{LIST}?show=closed"))
    assert row["Hvem har henvendelsen"].split()[-1] == "Ingen"


def test_what_has_just_come_is_not_so_many_minutes_old(locked, inquiry):
    (row,) = cells(locked.get(LIST))
    assert row["Mottatt"].endswith("nettopp")


def test_locked_there_is_no_column_for_names_and_the_list_says_how_to_get_one(locked):
    answer = locked.get(LIST)
    assert "Navn og første ord" not in cells(answer)[0]
    assert CANARY not in answer.text
    assert f"{LIST}unlock/" in answer.text
    assert "Lås opp innboksen for å søke" in answer.text
    assert '<label for="case-words">Referansenummer</label>' in answer.text


def test_unlocked_each_row_has_name_and_first_words(unlocked):
    came("Jeg " + "strever " * 30)
    later, first = cells(unlocked.get(LIST))[::-1]
    assert first["Navn og første ord"] == f"Sol {CANARY}"
    assert later["Navn og første ord"].startswith("Jeg strever strever")
    assert later["Navn og første ord"].endswith("…")
    assert len(later["Navn og første ord"]) <= 82


def test_names_are_shown_where_the_server_opens_the_inbox_as_in_the_demo(inquiry_client, inquiry):
    assert CANARY in cells(inquiry_client.get(LIST))[0]["Navn og første ord"]


def test_a_row_that_does_not_open_says_so_and_spoils_no_other(unlocked, inquiry):
    other = came()
    Inquiry.objects.filter(pk=other.pk).update(sealed=b"\x01" + bytes(400))
    words = [row["Navn og første ord"] for row in cells(unlocked.get(LIST))]
    assert sorted(words) == ["Lar seg ikke åpne", f"Sol {CANARY}"]


def test_what_a_person_wrote_is_text_in_the_list_too(inquiry_client, keyring):
    came("<script>alert(1)</script>", name="<b>x")
    assert "<script>alert" not in inquiry_client.get(LIST).text
    assert "<b>x" not in inquiry_client.get(LIST).text


def names_seen():
    entries = AccessEntry.objects.filter(action="names_seen").order_by("id")
    return [(entry.username, entry.reference, entry.inquiry_id) for entry in entries]


def test_each_name_that_was_shown_stands_in_the_log_of_its_inquiry_once_an_hour(unlocked, inquiry):
    other = came()
    for _twice in range(2):
        unlocked.get(LIST)
    seen = {("ivar", one.reference, one.pk) for one in (inquiry, other)}
    assert sorted(names_seen()) == sorted(seen)
    later = came()
    unlocked.get(LIST)
    assert names_seen()[2:] == [("ivar", later.reference, later.pk)]
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        staff_activity.note_names_seen(get_user_model().objects.get(username="ivar"), [inquiry])
    assert names_seen()[3:] == [("ivar", inquiry.reference, inquiry.pk)]
    assert (
        "ivar så navn og første ord i innboksen."
        in unlocked.get(f"/admin/contact/accessentry/inquiry/{inquiry.pk}/").text
    )


def test_the_look_is_written_down_before_anything_is_opened(unlocked, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise RuntimeError("not written down")

    monkeypatch.setattr("contact.cases.summaries.staff_activity.note_names_seen", refuse)
    monkeypatch.setattr(
        "contact.cases.summaries.unseal", lambda *_args: pytest.fail("opened before it was logged")
    )
    with pytest.raises(RuntimeError, match="not written down"):
        unlocked.get(LIST)


def test_what_was_seen_stays_in_no_cache_session_title_address_or_log(unlocked):
    answer = unlocked.get(LIST)
    assert "no-store" in answer["Cache-Control"]
    assert CANARY not in "".join(tree(answer).find(".//title").itertext())
    assert not any(CANARY in (link.get("href") or "") for link in tree(answer).iter("a"))
    assert not any(CANARY in str(session.get_decoded()) for session in Session.objects.all())
    assert not any(CANARY in str(value) for value in getattr(cache, "_cache", {}).values())
    assert not LogEntry.objects.exists()


# --- order and filters -----------------------------------------------------------------------------


def test_what_waits_comes_first_and_the_longest_wait_before_all(inquiry_client, inquiry, inquiry_staff):
    older, answered = came(), came()
    Inquiry.objects.filter(pk=older.pk).update(waiting_since=timezone.now() - timedelta(days=9))
    replies.reply(answered, "Hei.", inquiry_staff, form=FORM, seen=None)
    assert references(inquiry_client.get(LIST)) == [str(older.pk), str(inquiry.pk)]
    assert references(inquiry_client.get(f"{LIST}?show=over")) == [str(older.pk)]
    assert str(answered.pk) in references(inquiry_client.get(f"{LIST}?show=open"))
    assert "besvart" in str(cells(inquiry_client.get(f"{LIST}?show=open")))


def test_the_list_says_how_many_wait_and_how_many_too_long(inquiry_client, inquiry):
    Inquiry.objects.filter(pk=came().pk).update(waiting_since=timezone.now() - timedelta(days=9))
    words = "".join(tree(inquiry_client.get(LIST)).find(".//nav[@aria-label='Hvilke henvendelser']").itertext())
    assert "Venter på svar (2)" in words
    assert "Over fristen (1)" in words


def test_the_list_shows_my_cases_the_free_ones_or_all(inquiry_client, inquiry, inquiry_staff, administrator):
    mine, hers = came(), came()
    ownership.take(mine, inquiry_staff)
    ownership.take(hers, administrator)
    of = {name: references(inquiry_client.get(f"{LIST}?owner={name}")) for name in ("mine", "nobody", "all")}
    assert of["mine"] == [str(mine.pk)]
    assert of["nobody"] == [str(inquiry.pk)]
    assert len(of["all"]) == 3


def test_open_for_long_shows_the_oldest_first(inquiry_client, inquiry):
    older = came()
    for one, days in ((inquiry, 200), (older, 300)):
        Inquiry.objects.filter(pk=one.pk).update(received_at=timezone.now() - timedelta(days=days))
    came()
    assert references(inquiry_client.get(f"{LIST}?show=long")) == [str(older.pk), str(inquiry.pk)]


def test_choosing_one_thing_keeps_the_others(inquiry_client, inquiry):
    page = inquiry_client.get(f"{LIST}?show=open&role=patient").text
    assert "?show=open&amp;owner=mine&amp;role=patient" in page
    assert 'name="show" value="open"' in page


def test_an_empty_inbox_says_so(inquiry_client, keyring):
    assert "Ingen venter på svar." in inquiry_client.get(LIST).text


def bulk(keyring, number):
    at = timezone.now() - timedelta(days=1)
    Inquiry.objects.bulk_create(
        Inquiry(locator=str(n), reference=str(n), role="patient", language="nb", key=keyring, sealed=b"\x01",
                received_at=at, waiting_since=at)
        for n in range(number)
    )  # fmt: skip


def test_page_by_page_every_case_is_shown_once(inquiry_client, keyring, monkeypatch):
    monkeypatch.setattr("contact.admin.inbox.list.PER_PAGE", 3)
    bulk(keyring, 7)
    seen, address = [], LIST
    while address:
        answer = inquiry_client.get(address)
        seen += references(answer)
        links = [link for link in tree(answer).iter("a") if "".join(link.itertext()) == "De neste"]
        address = f"{LIST}{links[0].get('href')}" if links else ""
    assert len(seen) == len(set(seen)) == 7


def test_more_rows_take_no_more_queries(unlocked, keyring):
    unlocked.get(LIST)
    came()
    few = queries(unlocked, LIST)  # a name that was not seen before is logged
    bulk(keyring, PER_PAGE)
    assert queries(unlocked, LIST) == few


def test_past_a_limit_the_list_counts_no_further(inquiry_client, keyring, monkeypatch):
    monkeypatch.setattr("contact.admin.inbox.counts.LIMIT", 2)
    bulk(keyring, 4)
    assert "(2+)" in inquiry_client.get(LIST).text
    assert LIMIT == 500


def test_over_time_is_said_in_words_on_the_case_page_as_in_the_list(inquiry_client, inquiry):
    with time_machine.travel(WEDNESDAY, tick=False):
        Inquiry.objects.update(waiting_since=WEDNESDAY - timedelta(days=1, hours=2))  # at eight on Tuesday
        assert "18 timer over fristen" in cells(inquiry_client.get(LIST))[0]["Frist for svar"]
        assert "18 timer over fristen" in inquiry_client.get(f"{LIST}{inquiry.pk}/change/").text


# --- with the keyboard, and without a script ---------------------------------------------------------


def test_the_first_row_is_one_press_away_and_every_row_is_a_link_with_its_own_name(inquiry_client, inquiry):
    other = came()
    page = tree(inquiry_client.get(LIST))
    content = page.find(".//div[@id='content-main']")
    first = next(content.iter("a"))
    assert first.get("href") == "#first-case"
    links = page.findall(".//tbody/tr/th/a")
    assert links[0].get("id") == "first-case"
    names = [" ".join("".join(link.itertext()).split()) for link in links]
    assert sorted(names) == sorted(f"Åpne henvendelsen {one.reference}" for one in (inquiry, other))


def test_every_button_of_a_row_says_which_case_it_is_for(inquiry_client, inquiry):
    page = tree(inquiry_client.get(LIST))
    names = [" ".join("".join(button.itertext()).split()) for button in page.findall(".//tbody//button")]
    assert names == [f"Ta henvendelsen {inquiry.reference}"]


def test_nothing_in_the_list_takes_the_order_of_the_keyboard_into_its_own_hands(inquiry_client, inquiry):
    page = tree(inquiry_client.get(LIST)).find(".//div[@id='content-main']")
    assert not [
        one for one in page.iter() if (one.get("tabindex") or "0") not in ("0", "-1") or one.get("accesskey")
    ]
    assert not list(page.iter("script"))


def test_an_unlocked_list_goes_with_its_key(unlocked):
    unlocked.post(f"{LIST}lock/")
    assert CANARY not in unlocked.get(LIST).text
    assert key_holders.server_holds_a_grant() is False
