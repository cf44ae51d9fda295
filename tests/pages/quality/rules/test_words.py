"""Words that hurt and empty promises are found as whole words, with why and what to write instead."""

import re

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.languages import LANGUAGES
from pages.quality.checking import check
from pages.quality.passages import read
from pages.quality.word_list import KINDS, find_listed_words, listed_words, word_lists
from tests.pages.quality.reading_of import findings, rules, text
from tests.proofs import examples

STIGMA = [
    ("nb", "narkomanen"), ("nb", "rusmisbrukere"), ("nb", "Rusmisbrukernes"), ("nb", "bli ren"),
    ("nb", "begikk selvmord"),
    ("nn", "rusmisbrukar"), ("nn", "rusmisbrukarane"), ("nn", "bli rein"), ("nn", "narkomanar"),
    ("en", "addicts"), ("en", "Addict"), ("en", "stay clean"), ("en", "substance abuse"), ("en", "junkie"),
]  # fmt: skip
PROMISES = [
    ("nb", "garantert"), ("nb", "frisk for alltid"), ("nb", "100 %"), ("nb", "100%"), ("nb", "kurerer"),
    ("nn", "frisk for alltid"), ("nn", "kurerer"), ("en", "cure"), ("en", "guaranteed"), ("en", "cured"),
    ("en", "100%"),
]  # fmt: skip
HARMLESS = [
    ("nb", "Anonyme Narkomane"), ("nb", "avhengighet"), ("nb", "rent sengetøy"),
    ("nb", "Vi kan ikke garantere det."),
    ("nb", "sekurer"), ("nb", "to kurer med antibiotika"), ("nb", "helt ren luft"),
    ("nb", "misbrukerisk"), ("nb", "1100 %"), ("nn", "Anonyme Alkoholikarar"),
    ("nn", "reine klede"), ("en", "addicted"), ("en", "addiction"), ("en", "Alcoholics Anonymous"),
    ("en", "clean towels"),
    ("en", "secure"), ("en", "There is no cure."), ("en", "The kitchen must be clean."), ("en", "accurate"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), STIGMA)
def test_a_word_that_hurts_is_found_with_its_endings(language, words):
    assert rules(text(f"<p>Og {words} kom.</p>", language), language=language) == ["stigma"]


@pytest.mark.parametrize(("language", "words"), PROMISES)
def test_a_promise_is_found(language, words):
    assert rules(text(f"<p>Det er {words} her.</p>", language), language=language) == ["promise"]


@pytest.mark.parametrize(("language", "words"), HARMLESS)
def test_a_word_inside_another_one_or_in_a_harmless_phrase_is_left_alone(language, words):
    assert rules(text(f"<p>{words}</p>", language), language=language) == []


def test_a_word_is_named_once_with_the_number_of_places():
    (found,) = findings(text("<p>En narkoman og to narkomane.</p>"))
    assert (found.word, found.words) == ("narkoman", ("narkoman",))
    assert "2" in found.problem
    assert not found.hard


def test_a_word_is_found_in_the_title_and_in_every_type_of_text():
    assert rules(title={"nb": "Hjelp til narkomane"}) == ["stigma"]
    table = {"type": "table", "caption": {"nb": "Hvem"}, "rows": {"nb": "Hvem | Hva\nnarkomane | hjelp"}}
    assert rules(table) == ["stigma"]


def test_a_myth_may_promise_what_its_fact_refutes_but_not_hurt():
    myth = {
        "type": "myth_fact",
        "myth": {"nb": "Avrusning er garantert nok."},
        "fact": {"nb": "<p>Det er et skritt.</p>"},
    }
    assert rules(myth) == []
    assert rules(myth | {"fact": {"nb": "<p>Det er garantert nok.</p>"}}) == ["promise"]
    assert rules(myth | {"myth": {"nb": "Narkomane lyver."}}) == ["stigma"]


def test_why_is_said_in_the_language_of_staff_and_the_better_word_in_that_of_the_page():
    with translation.override("nb"):
        (found,) = findings(text("<p>An addict came.</p>", "en"), language="en")
    assert "sykdommen" in found.problem
    assert "person with an addiction" in found.advice


def test_every_entry_of_the_list_is_whole_in_every_language():
    for kind in KINDS:
        for idea in word_lists()[kind]:
            assert set(idea) == set(LANGUAGES)
            for language, said in idea.items():
                assert said["words"], (kind, language)
                assert said["why"].endswith("."), (kind, language)
                assert said["instead"], (kind, language)
                assert set(said) <= {"words", "why", "instead", "but_not"}
    for language in LANGUAGES:
        words = [entry.word for entry, _pattern in listed_words(language)]
        assert len(words) == len(set(words)), [word for word in words if words.count(word) > 1]
        assert word_lists()["vague_links"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_better_word_is_itself_on_the_list(language):
    for entry, _pattern in listed_words(language):
        assert list(find_listed_words(entry.instead, language)) == [], entry


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_list_is_found_as_it_is_written(language):
    for entry, _pattern in listed_words(language):
        assert [hit.word.word for hit in find_listed_words(f"x {entry.word} y", language)], entry


many = settings(max_examples=examples(34, times=30), deadline=None)
anything = st.text() | st.sampled_from([words for _language, words in STIGMA + PROMISES]).flatmap(
    lambda words: st.text(max_size=5).map(lambda other: f"{other} {words} {other}")
)


@many
@given(anything, st.sampled_from(LANGUAGES))
def test_what_is_found_stands_in_the_text(some, language):
    for hit in find_listed_words(some, language):
        assert some[hit.start :].startswith(hit.text)


@many
@given(st.lists(st.sampled_from(["vi", "hjelper", "deg", "og", "you", "can", "ring", "us", "no", "dag"])))
def test_a_text_without_listed_words_gives_none(words):
    for language in LANGUAGES:
        assert list(find_listed_words(" ".join(words), language)) == []


BLOCKS = [
    ("text", "body"), ("callout", "body"), ("step", "title"), ("faq", "answer"), ("quote", "text"),
    ("table", "rows"),
    ("figure", "alt"), ("door", "title"), ("resource_link", "title"), ("care_card", "body"), ("gone", "words"),
]  # fmt: skip
MARKUP = [
    "<h2>", "</h2>", "<h3>", "<p>", "</p>", "<a href='page:1'>", "</a>", "<ul><li>", "<br>", "<![", "<!--", "&#0;",
]  # fmt: skip
html = st.text() | st.lists(st.sampled_from(MARKUP) | st.text(max_size=8)).map("".join)


@many
@given(st.lists(st.tuples(st.sampled_from(BLOCKS), html), max_size=6), html, st.sampled_from(LANGUAGES))
def test_no_text_is_too_strange_and_the_words_of_every_finding_stand_in_it(blocks, title, language):
    body = [{"type": kind, name: {language: said}} for (kind, name), said in blocks]
    reading = read({"kind": "article", "title": {language: title}}, body, language)
    said = " ".join(passage.text for passage in reading.passages) + " ".join(link.text for link in reading.links)
    for found in check(reading):
        for words in found.words:
            assert re.sub(r"\s+", " ", words) in re.sub(r"\s+", " ", said)
