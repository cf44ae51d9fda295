"""A visitor who searches in danger sees whom to ring, before anything else and in every language."""

import pytest

from pages.search.crisis import tells_of_a_crisis
from pages.search.stemming import word_lists
from tests import factories


@pytest.mark.parametrize(
    "question",
    [
        "selvmord", "SELVMORDSTANKER", "Jeg vil ta livet mitt", "tar livet av seg", "overdose", "overdosen",
        "selvmrd", "sjølvmord", "eg vil ikkje leve", "Jeg orker ikke mer!", "sønnen min puster ikke",
        "suicide", "suicidal", "I want to die", "can't breathe", "he took too much", "self-harm",
        "vil\x00dø", "  vil   dø  ", "bevisstlos",
    ],
)  # fmt: skip
def test_words_of_danger_are_recognised_with_endings_and_typing_errors(question):
    assert tells_of_a_crisis(question)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "avrusning",
        "selvhjelpsgrupper",
        "livet etter behandling",
        "få plass",
        "ta kontakt",
        "dødsbo",
        "livsglede",
    ],
)
def test_other_words_are_not(question):
    assert not tells_of_a_crisis(question)


def test_the_list_is_in_small_letters_and_has_every_language():
    for name in ("small", "crisis"):
        assert set(word_lists()[name]) == {"nb", "nn", "en"}
        for words in word_lists()[name].values():
            assert words == [word.lower() for word in words]
    for words in word_lists()["crisis"].values():
        for phrase in words:
            assert tells_of_a_crisis(phrase.replace("*", "")), phrase


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sok/", "/nn/sok/", "/en/search/"])
@pytest.mark.parametrize("question", ["suicide", "selvmord", "overdose " * 60])
def test_the_card_comes_before_the_field_and_the_results_on_every_language_s_page(client, address, question):
    factories.clinic()
    factories.live("selvmord", body="<p>selvmord suicide overdose</p>")
    main = client.get(address, {"q": question}).text.split("<main")[1]
    assert main.index('href="tel:113"') < main.index('href="tel:116117"') < main.index("<form")


@pytest.mark.django_db
def test_verified_lines_for_everyone_are_in_the_card_too(client):
    made = factories.clinic()
    for number, shown in (("116 123", True), ("22 59 13 00", False)):
        made.helplines.create(number=number, name_nb="Noen", verified_on="2026-01-01" if shown else None)
    made.helplines.create(number="800 40 567", name_nb="For pårørende", audience="relatives", always_shown=True)
    card = client.get("/sok/?q=selvmord").text.split('class="care-card')[1].split("</section>")[0]
    assert "tel:116123" in card
    assert "tel:22591300" not in card
    assert "tel:80040567" not in card


@pytest.mark.django_db
def test_there_is_no_card_otherwise(client):
    factories.clinic()
    assert "care-card" not in client.get("/sok/?q=avrusning").text
    assert "care-card" not in client.get("/sok/").text
