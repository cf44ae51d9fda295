"""Long sentences, and LIX said in words with what to change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.quality.passages import read
from pages.quality.rules.readability import measure
from pages.quality.sentences import split_sentences, words_in
from tests.pages.quality.reading_of import findings, head, rules, text

# 6 words, of them 2 with more than six letters, in each of three sentences: 6 + 100 · 2/6 = 39.
KNOWN = f"<p>{' '.join(['Vi ringer pårørende og fastlegen nå.'] * 3)}</p>"
EASY = "<p>Du kan ringe oss nå. Vi er her. Det er lov å lure.</p>"
HARD = "<p>Spesialisthelsetjenesten tilbyr rusbehandling gjennom samarbeidende behandlingsinstitusjoner.</p>"


def reading(html, times=18):
    return read(head(lead={}), [text(html * times)], "nb")


def test_lix_is_words_for_each_sentence_and_the_share_of_long_words():
    assert measure(reading(KNOWN)).lix == 6 + round(100 * 2 / 6)


def test_lix_is_said_in_words():
    said = {html: measure(reading(html)).in_words for html in (EASY, KNOWN, HARD)}
    assert len(set(said.values())) == 3


def test_a_hard_text_is_told_which_sentences_and_words_to_change():
    found = next(one for one in findings(text(HARD * 18)) if one.rule == "hard-to-read")
    assert found.words[0].startswith("Spesialisthelsetjenesten")
    assert "behandlingsinstitusjoner" in found.advice
    assert "hard-to-read" not in rules(text(EASY * 15))


def test_a_short_text_is_not_measured():
    assert measure(reading(HARD, times=2)).lix is None


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_long_sentence_is_shown(language):
    long = "og ".join(["ord "] * 26)
    (found,) = findings(text(f"<p>{long}.</p><p>Kort.</p>", language), language=language)
    assert found.rule == "long-sentence"
    assert not found.hard


def test_items_lines_and_headings_are_sentences_of_their_own():
    items = "".join("<li><p>fem ord i hvert punkt</p></li>" for _ in range(10))
    assert rules(text(f"<p>Ta med:</p><ul>{items}</ul>")) == []
    assert rules(text("<p>" + "<br>".join(["en linje på seks ord her"] * 6) + "</p>")) == []


def test_what_somebody_said_is_not_made_shorter():
    quote = {"type": "quote", "text": {"nb": "ord " * 40}, "attribution": {}}
    assert rules(quote) == []


@pytest.mark.parametrize(
    "one",
    [
        "Kom kl. 8 eller ca. 9 om morgenen.",
        "Den 1. Mai er fri.",
        "Ta med f.eks. Tøfler og evt. Klær.",
        "Se nr. 4.",
    ],
)
def test_an_abbreviation_ends_no_sentence(one):
    assert split_sentences(one) == [one]


def test_a_full_stop_a_question_and_a_quotation_end_one():
    assert split_sentences("Hei. Vil du? «Ja.» Han kom!") == ["Hei.", "Vil du?", "«Ja.»", "Han kom!"]


@given(st.text())
def test_splitting_loses_no_word(anything):
    assert [word for part in split_sentences(anything) for word in words_in(part)] == list(words_in(anything))
