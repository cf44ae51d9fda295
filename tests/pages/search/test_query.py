"""What a question finds: words with any ending, compounds, both Norwegian languages and English."""

import pytest

from pages.search.query import search_pages
from tests import factories, kept_rows

pytestmark = pytest.mark.django_db


def page(slug, text, languages=("nb",), **fields):
    """Make a page in the language of most questions here: three languages take three times as long."""
    return factories.live(slug, body=f"<p>{text}</p>", languages=languages, **fields)


def found(question, language="nb"):
    return [result.page_id for result in search_pages(question, factories.moment(language)).results]


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
    wanted = page("en", text, [language])
    page("to", "Noe helt annet.", [language])
    assert found(question, language) == [wanted.pk]


def test_a_doctor_is_not_taken_for_an_ending():
    page("en", "Du kan få fast jobb.")
    assert found("fastlege") == []


def test_languages_are_apart():
    page("en", "Fjellvann.")
    assert found("fjellvann", "nb")
    assert found("fjellvann", "nn") == []
    assert found("fjellvann", "en") == []


def test_pages_with_every_word_come_first_and_are_counted():
    both = page("begge", "Bolig og økonomi.")
    one = page("ett", "Bare bolig.")
    answer = search_pages("bolig økonomi", factories.moment())
    assert [result.page_id for result in answer.results[: answer.complete]] == [both.pk]
    assert [result.page_id for result in answer.results[answer.complete :]] == [one.pk]


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
    answer = search_pages("bolig økonomi hund", factories.moment())
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
    moment = factories.moment()
    for question in ("bolig", "bolig hund katt", "finnesikke"):
        with django_assert_num_queries(1):
            search_pages(question, moment)


def test_a_question_without_words_finds_nothing_and_asks_nobody(django_assert_num_queries):
    moment = factories.moment()
    with django_assert_num_queries(0):
        for question in ("", "   ", "?!", "%", "_", "\x00", "«»"):
            assert search_pages(question, moment).results == []


TITLES = ("Slik foregår avrusning", "For pårørende", "Hvordan unngå tilbakefall", "Rus og avhengighet")


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("avrusing", "avrusning"),
        ("parorende", "pårørende"),
        ("paarorende", "pårørende"),
        ("tilbakfall hos parorende", "tilbakefall hos pårørende"),
        ("angstt", "angst"),
        ("hjelp mot angstt?", "hjelp mot angst?"),
        ("avrusning", ""),
        ("hjelp", ""),
        ("xyzzyxyzzy", ""),
        ("ab", ""),
        ("", ""),
    ],
)
def test_a_word_that_no_page_has_is_suggested_as_one_spells_it_and_the_other_words_are_left_alone(question, meant):
    def make():
        for number, title in enumerate(TITLES):
            page(f"side{number}", "Hjelp mot angst.", title_nb=title)

    kept_rows.put("pages about help", make)
    assert search_pages(question, factories.moment()).suggestion == meant


def test_pages_with_the_word_that_was_probably_meant_are_shown_and_said_not_to_have_it():
    wanted = page("en", "Hjelp mot angst.")
    page("to", "Noe helt annet.")
    answer = search_pages("angstt", factories.moment())
    assert [result.page_id for result in answer.results] == [wanted.pk]
    assert answer.complete == 0
    assert "<mark>angst</mark>" in answer.results[0].snippet


@pytest.mark.parametrize(
    "question",
    ["rusavhengighet", "rusmisbruk", "alkoholavhengighet", "avhengighetsbehandling", "avhengighetssenter"],
)
def test_a_compound_that_no_page_has_finds_the_pages_with_its_parts(question):
    wanted = page("en", "Behandling av rus og avhengighet.")
    page("to", "Noe helt annet.")
    answer = search_pages(question, factories.moment())
    assert [result.page_id for result in answer.results] == [wanted.pk]
    assert (answer.complete, answer.suggestion) == (0, "")


def test_a_contraction_changes_nothing():
    page("en", "How detox works.", ["en"], title_en="Detox")
    page("to", "A patient’s day. I don’t know.", ["en"], title_en="Days")
    assert (
        found("what's detox", "en")
        == found("detox", "en")
        == found("what’s detox", "en")
        == found("whats detox", "en")
    )
    (row,) = search_pages("can't detox", factories.moment("en")).results
    assert row.title == "<mark>Detox</mark>"
    assert len(found("patient", "en")) == len(found("patients", "en")) == 1


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Ring 116 117.", ["116117", "116 117", "116\u00a0117"]),
        ("Ring 35 01 95 00.", ["35019500", "3501 95 00", "35 01 95 00", "+4735019500"]),
        ("Ring 35019500.", ["35019500", "3501 95 00", "350 19 500"]),
        ("Svar innen 10 dager.", ["10dager", "10 dager"]),
        ("Send en e-post.", ["epost", "e-post", "e post", "E-POST"]),
        ("Send en epost.", ["epost", "e-post", "e post"]),
        ("AA-møte i kveld.", ["aa-møte", "aa møte", "aamøte", "møte"]),
        ("AA møte i kveld.", ["aa-møte", "aa møte", "aamøte"]),
        ("Kafé og allé, idé.", ["kafe", "kafé", "ide", "alle", "KAFE\u0301"]),
        ("Kafe.", ["kafé", "kafè", "kafê"]),
        ("Müller på Tjøme.", ["muller", "tjöme", "tjome", "tjoeme"]),
    ],
)
def test_one_word_is_found_in_each_way_of_writing_it(text, questions):
    wanted = page("en", text)
    page("to", "Noe helt annet.")
    assert {question: found(question) for question in questions} == {key: [wanted.pk] for key in questions}


def test_the_whole_of_a_word_in_pieces_is_marked():
    page("en", "Send en e-post, eller ring 116 117.")
    (row,) = search_pages("epost 116117", factories.moment()).results
    assert row.snippet == "Send en <mark>e-post</mark>, eller ring <mark>116 117</mark>."


def test_another_word_for_the_same_is_found_behind_the_word_itself():
    said = page("en", "Du kan ha telefon.")
    same = page("to", "Du kan ha mobil.")
    assert found("mobil") == [same.pk, said.pk]
    assert set(found("tlf")) == {said.pk, same.pk}


def test_a_rare_word_of_a_question_says_more_than_those_that_stand_everywhere():
    for number in range(8):
        page(f"fyll{number}", "Lege og pasient.")
    wanted = page("en", "Sobril. Noe helt annet.")
    assert found("lege sobril")[0] == wanted.pk
