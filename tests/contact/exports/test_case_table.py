"""The list as a table: no formula in it, no name without unlocking, and logged before the first byte leaves."""

import csv
import unicodedata
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contact.cases import ownership
from contact.exports.spreadsheet import csv_file
from contact.keys import recovery
from contact.keys.generations import remove_server
from contact.models import AccessEntry, Inquiry
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.cast import logged_in
from tests.contact.conftest import CANARY, PASSPHRASE, with_paper

PAGE = "/admin/contact/inquiry/export/"
LIST = "/admin/contact/inquiry/"


def read(content):
    """Return the rows as a spreadsheet reads them."""
    text = content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=";", strict=True))


def saved(client, content="without", query=""):
    answer = client.post(PAGE + query, {"content": content})
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def server_is_out(enrolled, printed):
    recovery.prove_paper(printed)
    remove_server(with_paper(printed))


@pytest.fixture
def ivar(inquiry_staff, enrolled):
    """Ivar's browser, in which the inbox is unlocked."""
    client = logged_in(inquiry_staff)
    client.post(f"{LIST}unlock/", {"passphrase": PASSPHRASE})
    return client


def written(message, role="patient", **more):
    answers = {"message": message, **more}
    receipt = receive(role, "nb", answers, nonce_of(new_token()))
    return Inquiry.objects.get(locator=receipt.locator)


# --- what stands in a cell -------------------------------------------------------------------------

CELLS = st.text() | st.builds(
    "".join,
    st.tuples(st.sampled_from(["", " ", "\u00a0"]), st.sampled_from("=+-@\t\r\n＝＋－＠﹣−\0;\"'"), st.text()),
)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5))
@example([['=HYPERLINK("http://x")', "+47 900 00 000", "-2+3"], ["@SUM(1)", "\t=1", "a;b\r\n=1"]])
def test_whatever_people_write_comes_back_whole_and_never_begins_like_a_formula(rows):
    back = read(b"".join(csv_file(["=a", "b", "c"], rows)))
    assert len(back) == len(rows) + 1
    for row, cells in zip(back[1:], rows, strict=True):
        for cell, text in zip(row, cells, strict=True):
            stored = text.replace("\0", "")
            assert cell in (stored, f"'{stored}")
            seen = unicodedata.normalize("NFKC", cell.strip(" \u00a0"))[:1]
            assert not seen or seen not in "=+-@\t\r\n\u2212"


@pytest.mark.parametrize(
    "text",
    [
        "0701234567", "004790012345", "0047 900 12 345", "0701\u00a0234\u00a0567", "47900123456789", "1MAR-2026",
        "12DES-4567", "12E4", "1-2", "3/4", "12.3.26", "2026-11", " 0701234567", "０７０１", " " * 50 + "0701",
    ],
)  # fmt: skip
def test_a_number_keeps_its_zeros_and_a_reference_does_not_become_a_day(text):
    assert read(b"".join(csv_file(["a"], [[text]])))[1] == [f"'{text}"]


@pytest.mark.parametrize(
    "text",
    ["2026-11-30 08:15", "7", "0", "1,5", "0,5", "90012345", "900 12 345", "AB12-CD34", "12 dager", "1. mai"],
)
def test_what_a_spreadsheet_reads_as_it_stands_is_left_alone(text):
    assert read(b"".join(csv_file(["a"], [[text]])))[1] == [text]


def test_excel_set_to_norwegian_finds_columns_and_letters():
    content = b"".join(csv_file(["æ", "ø"], [["1,5", "å"]]))
    assert content == '\ufeff"æ";"ø"\r\n"1,5";"å"\r\n'.encode()


def test_half_a_surrogate_pair_breaks_no_file():
    assert read(b"".join(csv_file(["a"], [["\ud800"]])))[1] == ["?"]


# --- who, and what ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_readers_may_save_a_table(editor, roleless, inquiry, method):
    for user in (editor, roleless):
        assert getattr(logged_in(user), method)(PAGE, {"content": "without"}).status_code == 403
    assert not AccessEntry.objects.filter(action="list_saved").exists()


@pytest.mark.django_db
def test_while_the_inbox_is_locked_a_table_has_no_content(server_is_out, inquiry, inquiry_staff):
    client = logged_in(inquiry_staff)
    assert 'value="with"' not in client.get(PAGE).text
    answer, content = saved(client)
    assert read(content)[1][0] == inquiry.reference
    assert b"kanarifugl" not in content
    assert b"Sol" not in content
    answer, content = saved(client, "with")
    assert answer.status_code == 422
    assert b"kanarifugl" not in content
    assert not AccessEntry.objects.filter(action__in=["text_saved", "table_saved"]).exists()


@pytest.mark.django_db
def test_no_browser_or_proxy_keeps_the_file_and_its_name_says_nothing(inquiry, inquiry_client):
    answer, _content = saved(inquiry_client)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="export.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.django_db
def test_a_table_follows_the_filters_of_the_list(inquiry, inquiry_client):
    other = written("Hei", role="relative", relation="child")
    rows = read(saved(inquiry_client, query="?role=relative")[1])
    assert [row[0] for row in rows[1:]] == [other.reference]
    assert "1 henvendelse" in inquiry_client.get(f"{PAGE}?role=relative").text
    assert f"{PAGE}?role=relative" in inquiry_client.get(f"{LIST}?role=relative").text


@pytest.mark.django_db
def test_a_table_says_whose_case_it_is_and_until_when_as_the_list_does(inquiry, inquiry_client, inquiry_staff):
    inquiry_staff.first_name, inquiry_staff.last_name = "Ivar", "Ås"
    inquiry_staff.save()
    ownership.take(inquiry, inquiry_staff)
    Inquiry.objects.filter(pk=inquiry.pk).update(waiting_since=datetime(2026, 11, 18, 9, tzinfo=UTC))
    Inquiry.objects.filter(pk=written("Nyere").pk).update(waiting_since=None)
    heading, newest, row = read(saved(inquiry_client, query="?show=open")[1])
    told = dict(zip(heading, row, strict=True))
    assert (told["Hvem som har henvendelsen"], told["Frist for svar"]) == ("Ivar Ås", "2026-11-19 10:00")
    assert newest[heading.index("Hvem som har henvendelsen") :] == ["", ""]


@pytest.mark.django_db
def test_an_invented_filter_is_refused_as_the_list_refuses_it(inquiry, inquiry_client):
    for asked in ("sealed__startswith=a", "show=nonsense", "p=x"):
        answer = inquiry_client.post(f"{PAGE}?{asked}", {"content": "without"})
        assert (answer.status_code, answer["Location"]) == (302, PAGE)


@pytest.mark.django_db
def test_a_table_with_content_says_what_is_allowed_beside_the_number(server_is_out, ivar, inquiry):
    heading, row = read(saved(ivar, "with")[1])
    told = dict(zip(heading, row, strict=True))
    assert told["Melding"] == CANARY
    assert told["Telefon"] == "'+47 900 00 000"
    assert told["Om å ringe"].startswith("Kan ringes.")


@pytest.mark.django_db
def test_the_table_stands_in_the_log_before_its_first_byte_and_on_each_inquiry_with_content(ivar, inquiry):
    answer = ivar.post(PAGE, {"content": "with"})
    logged = list(AccessEntry.objects.order_by("id").values_list("action", "about", "reference", "username"))[-2:]
    assert logged == [("table_saved", "1", "", "ivar"), ("text_saved", "", inquiry.reference, "ivar")]
    assert CANARY.encode() in b"".join(answer.streaming_content)
    ivar.post(PAGE, {"content": "without"})
    newest = AccessEntry.objects.first()
    assert (newest.action, newest.about) == ("list_saved", "1")
    page = ivar.get("/admin/contact/accessentry/").text
    assert "kanarifugl" not in page
    assert "ivar lagret listen som tabell, uten navn og tekst (rader: 1)." in page


@pytest.mark.django_db
def test_an_inquiry_that_does_not_open_is_named_and_the_others_come_all_the_same(ivar, inquiry):
    broken = written("Hei")
    Inquiry.objects.filter(pk=broken.pk).update(sealed=b"x")
    rows = read(saved(ivar, "with")[1])
    assert {row[9] for row in rows[1:]} == {CANARY, "Henvendelsen lar seg ikke åpne."}


@pytest.mark.django_db
def test_with_content_only_the_newest_come_and_the_page_says_how_many(ivar, inquiry, monkeypatch):
    newest = written("Ny")
    assert "de 500 nyeste" in ivar.get(PAGE).text
    monkeypatch.setattr("contact.exports.case_table.MOST_OPENED", 1)
    rows = read(saved(ivar, "with")[1])
    assert [row[0] for row in rows[1:]] == [newest.reference]


@pytest.mark.django_db
def test_without_a_choice_nothing_is_given(inquiry, inquiry_client):
    assert inquiry_client.post(PAGE).status_code == 422
    assert inquiry_client.put(PAGE).status_code == 405
    assert not AccessEntry.objects.filter(action="list_saved").exists()


@pytest.mark.django_db
def test_a_table_of_many_asks_the_database_as_little_as_one_of_few(
    inquiry, inquiry_client, django_assert_max_num_queries
):
    for number in range(30):
        written(f"Hei {number}")
    with django_assert_max_num_queries(16):
        assert len(read(saved(inquiry_client)[1])) == 32
