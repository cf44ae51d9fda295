"""What the starter pages say to a person in danger: whole, in one place, for a clinician or lawyer to confirm."""

import re
import tomllib
from functools import cache

import pytest

from pages.languages import LANGUAGES
from pages.models import StarterRecord
from pages.rendering.advice import says_not
from pages.richtext.reader import text_of
from pages.starter.loader import FOLDER, load
from pages.starter.periods import in_words
from tests import kept_rows

FOR_CLINICIANS = re.compile(
    r"brått|suddenly|abrupt|overdos|nalokson|naloxon|ghb|hjertestans|stabilt sideleie", re.IGNORECASE
)
SUDDEN_STOP = {"nb": "benzodiazepiner", "nn": "benzodiazepin", "en": "benzodiazepines"}


@cache
def pages():
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.toml")}
    return {key: content for key, content in files.items() if key != "clinic"}


def texts(content, language):
    """Yield every text of a page in one language."""
    for field in [content, *content.get("block", [])]:
        yield from (value[language] for value in field.values() if isinstance(value, dict) and language in value)


def pages_that_say(pattern, language):
    return {
        key for key, page in pages().items() if any(re.search(pattern, text) for text in texts(page, language))
    }


def test_every_page_with_advice_on_life_and_death_is_clinical():
    advising = {
        key
        for key, page in pages().items()
        for lang in LANGUAGES
        for t in texts(page, lang)
        if FOR_CLINICIANS.search(t)
    }
    assert {"front", "self_help", "contact_patient", "acute"} <= advising
    assert {key for key in advising if not pages()[key].get("clinical")} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_warning_against_stopping_suddenly_names_all_three(language):
    warned = []
    for page in pages().values():
        for text in texts(page, language):
            for sentence in re.split(r"(?<=[.?!])\s", text_of(text)):
                if SUDDEN_STOP[language] in sentence and re.search(
                    "alkohol|alcohol|drikk|drink", sentence, re.IGNORECASE
                ):
                    warned.append(sentence)
    assert len(warned) >= 9
    assert [sentence for sentence in warned if "GHB/GBL" not in sentence] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_avoid_is_a_whole_sentence_with_its_own_not(language):
    items = [
        b["text"][language] for page in pages().values() for b in page.get("block", []) if b.get("kind") == "dont"
    ]
    assert len(items) == 11
    assert [item for item in items if not says_not(item) or not item.endswith(".")] == []


def test_what_to_do_in_an_overdose_stands_in_one_place_that_the_others_lead_to():
    for language, step in (("nb", "stabilt sideleie"), ("nn", "stabilt sideleie"), ("en", "recovery position")):
        assert pages_that_say(step, language) == {"acute"}
        assert pages_that_say("page:acute", language) >= {"front", "detox", "relapse", "articles"}


def test_the_page_about_danger_is_the_one_that_a_search_in_danger_leads_to():
    """It is found by its level at the foot of every page: `pages.live.tree.LiveTree.in_danger`."""
    at_the_foot = {key for key, page in pages().items() if page.get("in_footer")}
    assert {key for key in at_the_foot if pages()[key].get("care_level") == "emergency"} == {"acute"}
    for language in LANGUAGES:
        for name in ("naloxone", "nalokson", "Nyxoid", "Ventizolve", "Narcan", "fentanyl", "nitazen"):
            assert "acute" in pages_that_say(name, language), (name, language)


@pytest.mark.django_db
def test_the_page_about_danger_says_113_before_its_list_of_contents(client):
    kept_rows.starter_pages()
    for address in ("/fare/", "/nn/fare/", "/en/danger/"):
        article = client.get(address).text.split("<article")[1].split("</article>")[0]
        cards, rest = article.split('class="contents-list"')
        said = cards.count("care-card--emergency"), cards.count('class="big-number" href="tel:113"')
        assert said == (1, 1), address
        assert "care-card--emergency" not in rest, address


@pytest.mark.django_db
def test_the_bar_at_the_foot_of_a_page_about_danger_dials_113_before_the_clinic(client):
    load()

    def dialled(address):
        bar = client.get(address).text.split('class="call-bar"')[1].split("</nav>")[0]
        return re.findall(r'href="tel:([^"]+)"', bar)

    (clinic,) = dialled("/avrusning/")
    assert dialled("/") == dialled("/sok/?q=pris") == [clinic]
    for address in ("/fare/", "/nn/fare/", "/en/danger/", "/sok/?q=selvmord"):
        assert dialled(address) == ["113", clinic], address


def test_the_front_page_warns_unfolded():
    cards = [block for block in pages()["front"]["block"] if block["type"] == "care_card"]
    for language, words in (("nb", "slutte brått"), ("nn", "slutte brått"), ("en", "Stopping suddenly")):
        assert any(words in card["body"][language] for card in cards)


def test_exceptions_to_confidentiality_stand_in_one_list_that_says_it_is_not_whole():
    for language, report, whole in (
        ("nb", "melde fra til barnevernet", "men ikke alle"),
        ("nn", "melde frå til barnevernet", "men ikkje alle"),
        ("en", "report to the child welfare", "but not all"),
    ):
        assert pages_that_say(report, language) == pages_that_say(whole, language) == {"privacy"}
        for subject in ("gravid|pregnan", "kjøre bil|køyre bil|driving"):
            assert "privacy" in pages_that_say(subject, language)
        assert pages_that_say("page:privacy", language) >= {"front", "relatives", "people", "glossary"}


def test_nothing_says_that_a_person_cannot_come_without_being_referred():
    for language, absolute in (
        ("nb", "kan ikke melde deg inn"),
        ("nn", "kan ikkje melde deg inn"),
        ("en", "cannot sign"),
    ):
        assert pages_that_say(absolute, language) == set()


def test_the_place_of_treatment_is_named():
    assert {"front", "treatment"} <= set.intersection(
        *(pages_that_say("Bolkesjø", language) for language in LANGUAGES)
    )


@pytest.mark.parametrize(
    ("days", "language", "words"),
    [
        (30, "nb", "30 dager"),
        (1, "nn", "1 dag"),
        (730, "en", "2 years"),
        (1096, "nb", "3 år"),
        (365, "en", "1 year"),
        (400, "nn", "400 dagar"),
    ],
)
def test_a_period_is_said_in_days_or_in_whole_years(days, language, words):
    assert in_words(days, language) == words


@pytest.mark.django_db
def test_the_page_about_privacy_says_the_periods_that_are_set(client, settings):
    kept_rows.starter_pages()
    assert "30 dager etter at henvendelsen er lukket" in client.get("/personvern/").text
    settings.STARTER_PERIODS = settings.STARTER_PERIODS | {"closed_case": 45, "access_log": 730}
    assert load() == ["privacy"]
    said = StarterRecord.objects.get(key="privacy").page.editions.latest("pk")
    rows = next(block["rows"] for block in said.body if block["type"] == "table")
    assert "| 45 dagar etter at førespurnaden er lukka" in rows["nn"]
    assert "| 2 years after the month" in rows["en"]
    assert "{" not in str(said.body).replace("{'", "")
