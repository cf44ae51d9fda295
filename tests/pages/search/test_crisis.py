"""A visitor who searches in danger sees whom to ring, before anything else and in every language."""

import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from pages.editions.publishing import take_down
from pages.search.crisis import LONGEST_READ, tells_of_a_crisis
from pages.search.crisis_signs.signs import alternatives, crisis_file, lines
from pages.search.stemming import STEMMERS, question_words, word_lists
from tests import factories

HERE = Path(__file__).parent
QUESTIONS = tomllib.loads((HERE / "questions.toml").read_text(encoding="utf-8"))


MOST_CARDS_TOO_MANY = 62  # of 985: one in ten is allowed, as a card too many does no harm
MOST_CALLS = 150_000  # of functions; a hundred thousand take about ten milliseconds


def listed(name):
    """Return the questions of the lists that were written without a look at crisis.toml."""
    rows = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [row.split("\t")[1] for row in rows if not row.startswith("#")]


def calls(question):
    """Return how many functions are called to judge a question."""
    counted = Counter()
    tells_of_a_crisis(question)
    sys.setprofile(lambda frame, event, arg: counted.update([event]))
    try:
        tells_of_a_crisis(question)
    finally:
        sys.setprofile(None)
    return counted["call"] + counted["c_call"]


def card_for(client, address):
    return client.get(address).text.split('class="care-card')[1].split("</section>")[0]


def test_every_way_of_writing_about_danger_is_recognised():
    missed = [q for questions in QUESTIONS["in_danger"].values() for q in questions if not tells_of_a_crisis(q)]
    assert missed == []


def test_ordinary_questions_are_not_but_for_a_few():
    ordinary, too_many = QUESTIONS["out_of_danger"].values()
    assert [question for question in ["", *ordinary, *too_many] if tells_of_a_crisis(question)] == too_many
    assert len(too_many) < len(ordinary) / 50


def test_every_listed_cry_for_help_is_recognised():
    cries = listed("cries")
    assert len(cries) >= 1480
    assert [cry for cry in cries if not tells_of_a_crisis(cry)] == []


def test_few_listed_ordinary_questions_are_taken_for_a_cry():
    ordinary = listed("ordinary")
    assert len(ordinary) >= 980
    assert len([question for question in ordinary if tells_of_a_crisis(question)]) <= MOST_CARDS_TOO_MANY


def test_slips_of_fingers_in_short_words_hide_no_danger():
    for question in (
        "i wnat to die",
        "wnat to be daed",
        "vil ijke leve",
        "vil ikke lvee mer",
        "hna slår meg",
        "he htis me",
    ):
        assert tells_of_a_crisis(question), question
    assert not tells_of_a_crisis("want to be dean")  # the keys of n and d are no neighbours


def test_words_written_as_one_are_read_apart():
    for question in (
        "orkerikke mer",
        "vilikkjeleva",
        "hehits me",
        "tattformye",
        "wanttodie",
        "vilikkelevemer",
        "idontwanttolive",
    ):
        assert tells_of_a_crisis(question), question


def test_a_right_word_with_a_sign_in_it_is_not_read_apart():
    for word in ("krisegruppe", "krisemøte", "hentetider"):
        assert not tells_of_a_crisis(word), word


def test_a_harmless_phrase_is_taken_out_and_silences_nothing_else():
    for harmless in (
        "foredrag om selvmord",
        "overdose awareness day",
        "krampe i leggen",
        "minnestund for bror som døde av overdose",
    ):
        assert not tells_of_a_crisis(harmless), harmless
        assert tells_of_a_crisis(f"{harmless} jeg vil dø"), harmless
        assert tells_of_a_crisis(f"took too many pills {harmless}"), harmless
    assert tells_of_a_crisis("jeg går på kurs og tenker på selvmord")


def test_a_day_a_place_a_plan_or_a_loss_is_no_occasion():
    for cry in (
        "overdose i dag",
        "selvmord plan",
        "suicide plan tonight",
        "im losing my son to overdose",
        "overdose på skolen",
        "redd for å miste mamma overdose",
        "my brother died of overdose",
        "død av overdose",
        "kniv på skolen",
        "crisis line",
        "withdrawal how long until seizure",
        "pårørende overdose nå",
        "voldtekt på kurs",
        "delirium day 2",
        "nalokson hvor",
    ):
        assert tells_of_a_crisis(cry), cry


def test_a_group_named_twice_asks_for_two_words():
    assert tells_of_a_crisis("valium sammen med oksykodon")
    assert not tells_of_a_crisis("valium sammen med mat")


@pytest.mark.parametrize(
    "words",
    ["jeg vil ha ", "x", "abcdefghijklmnopqrstuvwxyzabcd ", "takeatanoupikt ", "kurs om selvmord x ", "ikke "],
)
def test_the_work_grows_no_faster_than_the_question(words):
    whole, half = ((words * LONGEST_READ)[:length] for length in (LONGEST_READ, LONGEST_READ // 2))
    assert calls(whole) < 2.2 * calls(half)
    assert calls(whole) < MOST_CALLS
    assert calls(whole + words * 1_000) < 1.2 * calls(whole)


def test_one_wrong_letter_in_the_main_words_hides_no_danger():
    for word in ("selvmord", "sjølvmord", "suicide", "overdose", "abstinens", "withdrawal", "fentanyl"):
        swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
        left_out = {word[:at] + word[at + 1 :] for at in range(len(word))}
        assert [wrong for wrong in swapped | left_out if not tells_of_a_crisis(wrong)] == []


def test_signs_that_no_reader_sees_hide_no_danger():
    for sign in "\u00ad\u200b\u200c\u200d\u2060\ufeff\u202a\u202c\u2066\u034f\ufe0f":
        for question in ("selvmord", "vil dø", "can't breathe"):
            assert tells_of_a_crisis(sign.join(question)), (sign, question)
    assert tells_of_a_crisis("vil\x00dø")
    assert tells_of_a_crisis("ｓｕｉｃｉｄｅ")
    assert question_words("avrus\u00adning", "nb") == ["avrusning"]


def test_words_far_apart_are_not_taken_for_a_phrase():
    assert tells_of_a_crisis("orker ikke å gjøre noe mer")
    assert not tells_of_a_crisis("orker " + "og så videre " * 5 + "ikke mer")


def test_every_line_of_the_file_is_recognised_as_it_stands():
    """Catches a line that can never match: a misspelt group, a hyphen, an empty part."""
    for line in lines():
        words = [alternatives(part)[0].replace("*", "") for part in line.split()]
        assert tells_of_a_crisis(" ".join(words)), line
    for part, languages in crisis_file().items():
        assert part in ("alike", "harmless") or set(languages) - {"all"} == {"nb", "nn", "en"}


def test_no_word_of_the_file_has_a_sign_that_questions_are_cut_at():
    """Catches a word that can never match: "white-spirit" is read as two words."""
    groups = [group.values() for group in crisis_file()["alike"].values()]
    words = [word.strip("*") for languages in groups for listed in languages for word in listed.split()]
    assert [word for word in words if not word.isalnum()] == []


def test_the_list_of_small_words_is_in_small_letters_and_has_every_language():
    assert set(word_lists()["small"]) == set(word_lists()["alike"]) == set(STEMMERS.values())
    for words in word_lists()["small"].values():
        assert words == [word.lower() for word in words]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sok/", "/nn/sok/", "/en/search/"])
@pytest.mark.parametrize("question", ["suicide", "selvmord", "overdose " * 60])
def test_the_card_comes_before_the_field_and_the_results_on_every_language_s_page(client, address, question):
    factories.clinic()
    factories.live("selvmord", body="<p>selvmord suicide overdose</p>")
    main = client.get(address, {"q": question}).text.split("<main")[1]
    assert (
        main.index('href="tel:113"')
        < main.index('href="tel:116117"')
        < main.index('href="tel:112"')
        < main.index("<form")
    )


@pytest.mark.django_db
def test_no_sentence_stands_between_the_card_s_heading_and_its_first_number(client):
    factories.clinic()
    assert "<p>" not in card_for(client, "/sok/?q=selvmord").split('href="tel:113"')[0]


@pytest.mark.django_db
def test_verified_lines_for_everyone_are_in_the_card_too(client):
    made = factories.clinic()
    for number, shown in (("116 123", True), ("22 59 13 00", False)):
        made.helplines.create(number=number, name_nb="Noen", verified_on="2026-01-01" if shown else None)
    made.helplines.create(number="800 40 567", name_nb="For pårørende", audience="relatives", always_shown=True)
    card = card_for(client, "/sok/?q=selvmord")
    assert "tel:116123" in card
    assert "tel:22591300" not in card
    assert "tel:80040567" not in card


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "target"), [
    ("/sok/", "/trygg-nb/"), ("/nn/sok/", "/nn/trygg-nn/"), ("/en/search/", "/en/trygg-en/"),
])  # fmt: skip
def test_the_card_leads_to_the_page_about_danger_in_the_reader_s_language(client, address, target):
    factories.clinic()
    factories.live("abstinens", care_level="emergency", in_menu=True)
    factories.live("personvern", in_footer=True)
    page = factories.live("trygg", care_level="emergency", in_footer=True)
    assert f'<p><a href="{target}">' in card_for(client, f"{address}?q=selvmordstanker")
    take_down(page)
    assert "<p><a" not in card_for(client, f"{address}?q=selvmordstanker")


@pytest.mark.django_db
def test_with_no_hits_no_number_of_the_card_stands_again_below_it(client):
    made = factories.clinic()
    for number, audience in (("116 123", "everyone"), ("800 40 567", "relatives")):
        made.helplines.create(number=number, name_nb="Noen", audience=audience, verified_on="2026-01-01")
    main = client.get("/sok/?q=selvmordstanker").text.split("<main")[1].split("</main>")[0]
    assert [main.count(f"tel:{number}") for number in (113, 112, 116117, 116123, 80040567)] == [1] * 5
    main = client.get("/sok/?q=xyzzy").text.split("<main")[1].split("</main>")[0]
    assert [main.count(f"tel:{number}") for number in (113, 112, 116117, 116123, 80040567)] == [1] * 5


@pytest.mark.django_db
def test_there_is_no_card_otherwise(client):
    factories.clinic()
    assert "care-card" not in client.get("/sok/?q=avrusning").text
    assert "care-card" not in client.get("/sok/").text
