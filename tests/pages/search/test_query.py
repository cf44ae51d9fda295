"""What a question finds: words with any ending, compounds, both Norwegian languages and English."""

import pytest
from django.utils import timezone

from pages.search.query import search_pages
from pages.search.suggestions import suggest
from tests import factories

pytestmark = pytest.mark.django_db


def page(slug, text, **fields):
    return factories.live(slug, body=f"<p>{text}</p>", **fields)


def found(question, language="nb"):
    return [result.page_id for result in search_pages(question, language, at=timezone.now()).results]


@pytest.mark.parametrize(
    ("text", "question", "language"),
    [
        ("Gruppene møtes.", "gruppe", "nb"),
        ("Én gruppe.", "GRUPPER", "nb"),
        ("Pårørendes rett.", "pårørende", "nb"),
        ("PÅRØRENDE.", "pårørende", "nb"),
        ("Ærlighet og ØKONOMI.", "økonomien ærlighet", "nb"),
        ("Behandlinga varer.", "behandling", "nn"),
        ("Dei pårørande.", "pårørande", "nn"),
        ("Withdrawal eased with medicines.", "medicine", "en"),
        ("Relapses happen.", "relapse", "en"),
        ("Fastlegen din.", "fastleger", "nb"),
        ("Du har fastlege.", "fastlegen", "nn"),
        ("AA-møte i kveld.", "aa", "nb"),
        ("Ring 116 117.", "116 117", "nb"),
        ("Rusbehandling i faser.", "rusbe", "nb"),
        ("La oss pa\u030a ny.", "på ny", "nb"),
    ],
)
def test_a_word_is_found_with_any_ending_in_any_case(text, question, language):
    wanted = page("en", text)
    page("to", "Noe helt annet.")
    assert found(question, language) == [wanted.pk]


def test_a_doctor_is_not_taken_for_an_ending():
    page("en", "Du kan få fast jobb.")
    assert found("fastlege") == []


def test_languages_are_apart():
    page("en", "Fjellvann.", languages=("nb",))
    assert found("fjellvann", "nb")
    assert found("fjellvann", "nn") == []
    assert found("fjellvann", "en") == []


def test_every_word_must_be_there():
    both = page("begge", "Bolig og økonomi.")
    page("ett", "Bare bolig.")
    assert found("bolig økonomi") == [both.pk]
    assert search_pages("bolig økonomi", "nb", at=timezone.now()).complete


def test_small_words_of_a_question_do_not_count_unless_they_are_all_there_is():
    wanted = page("pris", "Prisen står ikke her. Koster ingenting å spørre.")
    page("annet", "Hva som helst.")
    assert found("Hva koster det?") == [wanted.pk]
    assert len(found("hva det")) > 0


def test_only_the_last_word_counts_as_a_beginning():
    wanted = page("en", "Ettervern gruppe.")
    for number in range(3):
        page(f"fyll{number}", "Ettervern grupperom.")
    assert wanted.pk not in found("ettervern grupperom")[:3]
    assert len(found("ettervern grupper")) == 4
    assert wanted.pk in found("gruppe ettervern")
    assert len(found("ettervern gruppero")) == 3


def test_compounds_are_found_when_the_words_themselves_give_little():
    wanted = page("en", "Avrusning hos fastlegen.")
    assert found("rus") == [wanted.pk]
    assert found("lege") == [wanted.pk]
    for number in range(3):
        page(f"rus{number}", "Om rus.")
    assert wanted.pk not in found("rus")


def test_when_no_page_has_all_the_words_those_with_most_of_them_are_shown_and_said_to_be_that():
    two = page("to", "Bolig og økonomi.")
    one = page("en", "Økonomi.")
    page("ingen", "Noe helt annet.")
    answer = search_pages("bolig økonomi hund", "nb", at=timezone.now())
    assert [result.page_id for result in answer.results] == [two.pk, one.pk]
    assert not answer.complete


def test_a_title_weighs_more_than_a_short_title_that_more_than_an_introduction_that_more_than_the_text():
    often = page("ofte", "Familieuke. " * 40)
    once = page("en-gang", "Familieuke.")
    lead = page("ingress", "Tekst.", lead_nb="Om familieuken.")
    short = page("kort", "Tekst.", menu_title_nb="Familieuken")
    title = page("tittel", "Tekst.", title_nb="Familieuke")
    assert found("familieuke") == [title.pk, short.pk, lead.pk, often.pk, once.pk]


def test_a_whole_word_weighs_more_than_the_beginning_of_one():
    beginning = page("en", "Rusbehandling.")
    whole = page("to", "Rus.")
    page("tre", "Rusmiddel.")
    assert found("rus")[0] == whole.pk
    assert beginning.pk in found("rus")


def test_one_query_whatever_is_asked(django_assert_num_queries):
    page("en", "Bolig og økonomi.")
    for question in ("bolig", "bolig hund katt", "finnesikke"):
        with django_assert_num_queries(1):
            search_pages(question, "nb", at=timezone.now())


def test_a_question_without_words_finds_nothing_and_asks_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        for question in ("", "   ", "?!", "%", "_", "\x00", "«»"):
            assert found(question) == []


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("avrusing", "avrusning"),
        ("parorende", "pårørende"),
        ("tilbakefal hos parorende", "tilbakefall pårørende"),
        ("alkoholavhengighet", "avhengighet"),
        ("avrusning", ""),
        ("xyzzyxyzzy", ""),
        ("ab", ""),
        ("", ""),
    ],
)
def test_the_nearest_words_of_the_titles_are_suggested(question, meant):
    titles = ["Slik foregår avrusning", "For pårørende", "Hvordan unngå tilbakefall", "Rus og avhengighet"]
    assert suggest(question, titles, "nb") == meant
