"""What is shown of a page: around the first hit, whole sentences, hits marked, nothing let through as HTML."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.rendering.plain_text import normalize
from pages.search.query import search_pages
from pages.search.query_term import Match, QueryTerm
from pages.search.result import IndexRow, SearchResult
from pages.search.stemming import stem, stems
from tests import factories
from tests.proofs import examples


def result(word, *, title="Tittel", lead="", text=""):
    lines = "\n".join(stems(part, "nb") for part in (title, "", lead, text))
    return SearchResult(
        IndexRow(1, lines, title, lead, text), [QueryTerm(word, stem(word, "nb"), True)], [Match.WHOLE]
    )


def test_hits_are_marked_with_any_ending_in_title_and_text():
    shown = result("gruppe", title="Gruppen vår", text="Alle gruppene møtes. Noe annet.")
    assert shown.title == "<mark>Gruppen</mark> vår"
    assert shown.snippet == "Alle <mark>gruppene</mark> møtes. Noe annet."


def test_the_introduction_comes_first_and_stands_in_when_only_the_title_fits():
    assert result("rus", lead="Om rus.", text="Rus her.").snippet == "Om <mark>rus</mark>."
    assert result("rus", title="Rus", lead="Innledning.", text="Tekst.").snippet == "Innledning."
    assert result("rus", title="Rus", text="Tekst.").snippet == "Tekst."
    assert result("rus", title="Rus").snippet == ""


def test_a_snippet_begins_with_its_sentence_so_that_no_warning_loses_its_not():
    filler = "Her er det mange ord om noe helt annet. " * 10
    warning = (
        "Du må aldri, uansett hva andre har fortalt deg om hvordan de selv gjorde det, slutte brått med alkohol."
    )
    shown = result("alkohol", text=f"{filler}\nOverskrift\n{warning} {filler}").snippet
    assert shown.startswith("Du må aldri")
    assert "<mark>alkohol</mark>" in shown
    assert len(shown) < 300


def test_lines_run_together_with_a_dot_between():
    assert result("en", text="En\nTo\nTre").snippet == "<mark>En</mark> · To · Tre"


def test_a_sentence_without_end_is_cut_between_words_and_says_so():
    shown = result("midten", text="ord " * 200 + "midten " + "ord " * 200).snippet
    assert shown.startswith("… ord ")
    assert shown.endswith("ord …")
    assert "<mark>midten</mark>" in shown
    assert len(shown) < 300


@pytest.mark.django_db
def test_what_staff_or_readers_write_is_never_html():
    factories.live(title_nb='<script>alert("rus")</script>', body="<p>&lt;img src=x&gt; rus &amp; bot</p>")
    (row,) = search_pages('<script> rus"', factories.moment()).results
    assert (
        row.title == "&lt;<mark>script</mark>&gt;alert(&quot;<mark>rus</mark>&quot;)&lt;/<mark>script</mark>&gt;"
    )
    assert row.snippet == "&lt;img src=x&gt; <mark>rus</mark> &amp; bot"


@settings(max_examples=examples(150), deadline=None)
@given(
    st.lists(st.text(max_size=80) | st.sampled_from(["rus", ". ", "\n", "<b>", "&amp;", "å" * 300]), max_size=30)
)
def test_a_snippet_is_a_piece_of_the_text_with_nothing_but_marks_added(pieces):
    text = normalize("".join(pieces))
    shown = str(result("rus", text=text).snippet)
    bare = unescape(re.sub(r"</?mark>", "", shown))
    assert bare.removeprefix("… ").removesuffix(" …") in text.replace("\n", " · ")
    assert "<" not in re.sub(r"</?mark>", "", shown)
    assert shown.count("<mark>") == shown.count("</mark>")
