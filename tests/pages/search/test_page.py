"""The search page: found in three languages, in three queries, without a trace of what was asked."""

import logging

import html5lib
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mestring.logs.formats import ContentFreeFormatter
from pages.editions.publishing import take_down
from tests import factories
from tests.proofs import examples

pytestmark = pytest.mark.django_db
CANARY = "kanarifugl"


@pytest.fixture
def house():
    factories.clinic()
    factories.front()
    return factories.kept_live("avrusning", in_menu=True, body="<p>Fjellvann og abstinens.</p>")


def rows(text):
    return text.split('<ol class="subpages"')[1].split("</ol>")[0].split("<li>")[1:] if "<ol" in text else []


@pytest.mark.parametrize(
    ("address", "target", "label"),
    [
        ("/sok/", "/avrusning-nb/", "Søk på nettstedet"),
        ("/nn/sok/", "/nn/avrusning-nn/", "Søk på nettstaden"),
        ("/en/search/", "/en/avrusning-en/", "Search this website"),
    ],
)
def test_a_hit_leads_to_the_page_in_the_language_of_the_search(client, house, address, target, label):
    text = client.get(address, {"q": "fjellvann"}).text
    (row,) = rows(text)
    assert f'<h3><a href="{target}">' in row
    assert "<mark>Fjellvann</mark> og abstinens." in row
    assert f'<label for="q">{label}</label>' in text
    assert 'id="q" name="q" value="fjellvann"' in text


def test_a_search_takes_three_queries_and_an_empty_one_two(client, house, django_assert_max_num_queries):
    for number in range(12):
        factories.live(f"side{number}", body="<p>Fjellvann.</p>")
    for question, most in (("fjellvann", 3), ("finnesikke", 3), ("selvmord", 3), ("fjellvann hund", 3), ("", 2)):
        with django_assert_max_num_queries(most):
            assert client.get("/sok/", {"q": question}).status_code == 200


def test_the_answer_is_kept_nowhere_and_tells_nobody_what_was_asked(client, house):
    for address in ("/sok/?q=fjellvann", "/en/search/?q=nothing", "/nn/sok/"):
        answer = client.get(address)
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer.fresh_until is None
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert '<meta name="robots" content="noindex">' in answer.text
        assert 'rel="canonical"' not in answer.text
        assert "hreflang" not in answer.text.split("</head>")[0]


def test_the_question_stands_in_the_field_and_the_heading_and_not_in_the_windows_title(client, house):
    head, body = client.get("/sok/?q=fjellvann").text.split("</head>")
    assert "fjellvann" not in head
    assert "<title>Søk: 1 treff – Mestringshusene</title>" in head
    assert "<h2>1 treff på «fjellvann»</h2>" in body


def test_nothing_of_a_question_reaches_a_log_when_the_database_fails(monkeypatch, caplog, house):
    def fail(*_arguments, **_keywords):
        raise OperationalError(f"database is locked: {CANARY}")

    monkeypatch.setattr("pages.visits.search_views.search_pages", fail)
    with caplog.at_level(logging.WARNING):
        answer = Client(raise_request_exception=False).get("/sok/", {"q": CANARY})
    assert answer.status_code == 503
    lines = [ContentFreeFormatter("%(message)s").format(record) for record in caplog.records]
    assert lines
    assert not any(CANARY in line for line in lines)


def test_a_search_writes_nothing_to_the_database_and_no_line_to_a_log(client, house, caplog):
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked:
        assert client.get("/sok/", {"q": CANARY}).status_code == 200
    assert asked.captured_queries
    assert all(
        query["sql"].lstrip("(").startswith("SELECT") for query in asked
    )  # PostgreSQL's unions begin with "("
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not any(CANARY in line for line in lines)


def test_an_empty_search_is_just_the_field(client, house):
    for address in ("/sok/", "/sok/?q=", "/sok/?q=%20%00"):
        text = client.get(address).text.split("<main")[1]
        assert 'type="search"' in text
        assert "<h2>" not in text.split("</main>")[0]


def test_a_search_without_a_hit_is_calm_and_leads_to_people_and_pages(client, house):
    answer = client.get("/sok/?q=xyzzy")
    main = answer.text.split("<main")[1].split("</main>")[0]
    assert answer.status_code == 200
    assert "Vi fant ikke noe om «xyzzy»" in main
    for way in ('href="tel:+4735019500"', 'href="/kontakt/"', 'href="/avrusning-nb/"', 'href="tel:116117"'):
        assert way in main


def test_a_misspelt_word_is_one_press_from_its_page(client, house):
    text = client.get("/sok/?q=avrusing&page=2").text
    assert 'Mente du <a href="?q=avrusning">avrusning</a>?' in text
    assert "Mente du" not in client.get("/sok/?q=avrusning").text


def test_pages_with_some_of_the_words_are_said_to_be_that(client, house):
    text = client.get("/sok/?q=fjellvann+hundevalp").text
    assert "Ingen side har alle ordene." in text
    assert len(rows(text)) == 1


def test_pages_with_all_the_words_come_first_and_it_is_said_how_many(client, house):
    factories.live("begge", body="<p>Fjellvann og hundevalp.</p>")
    text = client.get("/sok/?q=fjellvann+hundevalp").text
    assert "Den første siden har alle ordene, de andre har noen av dem." in text
    assert 'href="/begge-nb/"' in rows(text)[0]
    assert len(rows(text)) == 2
    assert "alle ordene" not in client.get("/sok/?q=fjellvann").text


@pytest.mark.parametrize(
    ("address", "question"),
    [
        ("/en/search/", "I don’t want to live anymore"),
        ("/en/search/", "i dont want to live"),
        ("/sok/", "hjelp jeg puster nesten ikke"),
        ("/sok/", "selvmrd"),
    ],
)
def test_nothing_is_suggested_to_a_visitor_in_danger(client, house, address, question):
    factories.live("livet", title_nb="Pusterom og selvmodig hjelper", title_en="What life is like")
    text = client.get(address, {"q": question}).text
    assert "care-card" in text
    assert "Mente du" not in text
    assert "Did you mean" not in text


def test_ten_to_a_page_with_links_that_keep_the_question(client, house):
    for number in range(24):
        factories.live(f"side{number}", body="<p>Pølse & gran.</p>")
    first = client.get("/sok/?q=pølse&page=1").text
    assert "24 treff på «pølse»" in first
    assert len(rows(first)) == 10
    assert 'href="?q=p%C3%B8lse&amp;page=2"' in first
    assert "Forrige" not in first
    last = client.get("/sok/?q=pølse&page=3").text
    assert len(rows(last)) == 4
    assert "Side 3 av 3" in last
    assert "Neste" not in last
    titles = [text.split("<title>")[1].split("</title>")[0] for text in (first, last)]
    assert titles == ["Søk: 24 treff – Mestringshusene", "Søk: 24 treff. Side 3 av 3 – Mestringshusene"]
    seen = [row for page in (1, 2, 3) for row in rows(client.get(f"/sok/?q=pølse&page={page}").text)]
    assert len(set(seen)) == 24


@pytest.mark.parametrize("page", ["0", "-1", "99", "abc", "", "9" * 5000, "1.5", "²"])
def test_a_page_that_is_not_there_is_answered_with_one_that_is(client, house, page):
    answer = client.get("/sok/", {"q": "fjellvann", "page": page})
    assert answer.status_code == 200
    assert len(rows(answer.text)) == 1


def test_a_very_long_question_is_searched_by_its_beginning_and_says_so(client, house):
    text = client.get("/sok/", {"q": "fjellvann " + "og mye mer " * 100}).text
    assert "Du skrev mye" in text
    assert len(rows(text)) == 1
    assert "og mye mer " * 30 not in text


def test_a_question_is_never_html(client, house):
    for question in ("<script>alert(1)</script>", '"><img src=x>', "fjellvann<script>"):
        text = client.get("/sok/", {"q": question}).text
        assert "<script" not in text
        assert "<img" not in text
        html5lib.HTMLParser(strict=True).parse(text)


def test_what_is_not_live_or_not_public_here_is_not_shown(client, house):
    factories.live("norsk", languages=("nb",), body="<p>Granskog.</p>")
    gone = factories.live("borte", body="<p>Granskog.</p>")
    take_down(gone)
    assert len(rows(client.get("/sok/?q=granskog").text)) == 1
    assert rows(client.get("/en/search/?q=granskog").text) == []


def test_only_reading_is_allowed(client, house):
    assert client.post("/sok/", {"q": "fjellvann"}).status_code == 405
    assert client.head("/sok/?q=fjellvann").status_code == 200


def test_the_ways_in_are_in_the_header_the_menu_the_footer_and_on_a_404(client, house):
    for address, search in (("/", "/sok/"), ("/nn/avrusning-nn/", "/nn/sok/"), ("/en/nope/", "/en/search/")):
        answer = client.get(address)
        text = answer.text
        header, footer = text.split("</header>")[0], text.split("<footer")[1]
        assert f'class="site-header__search" href="{search}"' in header
        assert f'<form class="search-form field" action="{search}">' in header
        assert f'<a href="{search}">' in footer
        main = text.split("<main")[1].split("</main>")[0]
        assert (f'action="{search}" role="search"' in main) == (answer.status_code == 404)
        html5lib.HTMLParser(strict=True).parse(text)


class HostileQuestions(TestCase):
    """Whatever is typed, the answer is a page that is valid HTML."""

    hostile = st.text(max_size=300) | st.sampled_from(
        [
            "\x00",
            "%",
            "_",
            "\\",
            "'; drop table",
            "a" * 5000,
            "å " * 200,
            "İ",
            "ﬀ",
            "e\u0301" * 50,
            "\ud7ff",
            "𝐫𝐮𝐬",
        ]
    )

    @classmethod
    def setUpTestData(cls):
        factories.live(body="<p>abc å rus 1 2 3</p>")

    @settings(max_examples=examples(20), deadline=None)
    @given(question=hostile, page=st.text(max_size=5), language=st.sampled_from(["/sok/", "/en/search/"]))
    def test_never_an_error(self, question, page, language):
        answer = self.client.get(language, {"q": question, "page": page})
        assert answer.status_code == 200
