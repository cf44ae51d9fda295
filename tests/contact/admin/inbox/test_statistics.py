"""The statistics: a chart and tables with the same numbers, for inquiry staff; no small number in them."""

from datetime import UTC, date, datetime

import html5lib
import pytest

from contact.models import AccessEntry, Quarter, QuarterCount
from tests.cast import logged_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/contact/inquiry/statistics/"
NUMBERS = {
    "role": {"patient": 31, "relative": None, "referrer": None},
    "language": {"nb": 40, "nn": None, "en": None},
    "wait": {"day": 20, "three_days": 9, "week": 7, "later": 6},
}


@pytest.fixture
def quarters(db):
    """One quarter with numbers, one with too few, and one that is not over."""
    closed = datetime(2026, 7, 20, tzinfo=UTC)
    told = Quarter.objects.create(start=date(2026, 4, 1), total=42, closed_at=closed)
    for kind, numbers in NUMBERS.items():
        for name, count in numbers.items():
            QuarterCount.objects.create(quarter=told, kind=kind, name=name, count=count)
    Quarter.objects.create(start=date(2026, 1, 1), closed_at=closed)
    open_one = Quarter.objects.create(start=date(2026, 7, 1))
    QuarterCount.objects.create(quarter=open_one, kind="role", name="patient", count=98765)


def parsed(answer):
    return html5lib.parse(answer.text, namespaceHTMLElements=False)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def test_editors_and_people_without_a_role_get_403(editor, roleless, quarters):
    for user in (editor, roleless):
        for method in ("get", "post"):
            assert getattr(logged_in(user), method)(PAGE).status_code == 403


def test_those_who_read_inquiries_and_administrators_find_it_from_the_inbox(
    inquiry_client, administrator_client, quarters
):
    for client in (inquiry_client, administrator_client):
        assert PAGE in client.get("/admin/contact/inquiry/").text
        assert client.get(PAGE).status_code == 200


def test_hidden_numbers_say_so_and_a_quarter_with_too_few_has_none(inquiry_client, quarters):
    page = parsed(inquiry_client.get(PAGE))
    roles = next(table for table in page.iter("table") if "Hvem som skrev" in text_of(table))
    rows = [[text_of(cell) for cell in row if cell.tag in ("th", "td")] for row in roles.find("tbody").iter("tr")]
    assert rows == [
        ["2. kvartal 2026", "31", "skjult", "skjult", "42"],
        ["1. kvartal 2026", "For få til å vises"],
    ]


def test_the_chart_has_the_numbers_of_the_tables_and_no_others(inquiry_client, quarters):
    page = parsed(inquiry_client.get(PAGE))
    chart = page.find(".//figure")
    assert [text_of(words) for words in chart.iter("{http://www.w3.org/2000/svg}text")] == [
        "2. kvartal 2026",
        "42",
    ]
    groups = chart.findall(".//{http://www.w3.org/2000/svg}g/{http://www.w3.org/2000/svg}rect")
    lengths = {bar.get("class"): float(bar.get("width")) for bar in groups}
    assert lengths["statistics__patient"] / lengths["statistics__hidden"] == pytest.approx(31 / 11, abs=0.01)
    assert set(lengths) == {"statistics__patient", "statistics__hidden"}


def test_a_quarter_that_is_not_over_shows_nothing(inquiry_client, quarters):
    text = inquiry_client.get(PAGE).text
    assert "3. kvartal" not in text
    assert "98765" not in text


def test_the_page_keeps_the_strict_policy_and_no_other_role_reads_it(inquiry_client, quarters):
    answer = inquiry_client.get(PAGE)
    assert " style=" not in text_between(answer.text, 'id="content-main"', "</main>")
    assert "no-store" in answer["Cache-Control"]
    assert not AccessEntry.objects.filter(action="listed").exists()


def test_before_any_quarter_is_over_the_page_says_so(inquiry_client):
    assert "Ingen kvartaler er over ennå" in inquiry_client.get(PAGE).text


def test_the_page_asks_the_database_as_little_for_many_quarters_as_for_one(
    inquiry_client, quarters, django_assert_max_num_queries
):
    for year in range(2018, 2026):
        Quarter.objects.create(start=date(year, 1, 1), total=50, closed_at=datetime(2026, 1, 20, tzinfo=UTC))
    with django_assert_max_num_queries(9):
        inquiry_client.get(PAGE)


def text_between(text, start, end):
    return text.partition(start)[2].partition(end)[0]
