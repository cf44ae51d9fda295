"""A link says where it leads."""

import pytest

from tests.pages.quality.reading_of import findings, rules, text

VAGUE = [
    ("nb", "her"), ("nb", "Trykk her"), ("nb", "Les mer →"), ("nb", "<strong>Les mer</strong>…"),
    ("nn", "les meir"), ("nn", "Sjå her."), ("en", "click here"), ("en", "Read more"),
]  # fmt: skip
CLEAR = [
    ("nb", "Les om avrusning"),
    ("nb", "Her bor du"),
    ("nn", "les meir om avrusing"),
    ("en", "Read about detox"),
]


@pytest.mark.parametrize(("language", "words"), VAGUE)
def test_a_link_that_says_nothing_is_pointed_out_in_its_own_words(language, words):
    (found,) = findings(text(f'<p>Hei <a href="page:1">{words}</a></p>', language), language=language)
    assert found.rule == "vague-link"
    assert not found.hard
    assert found.words[0] in words.replace("<strong>", "").replace("</strong>", "")


def test_a_line_break_inside_a_link_divides_two_words():
    (found,) = findings(text('<p>Hei <a href="page:1">Les<br>mer</a></p>'))
    assert (found.rule, found.words) == ("vague-link", ("Les mer",))


@pytest.mark.parametrize(("language", "words"), CLEAR)
def test_a_link_that_says_where_it_leads_is_left_alone(language, words):
    assert rules(text(f'<p><a href="page:1">{words}</a></p>', language), language=language) == []


@pytest.mark.parametrize("words", ["\u200b", ".", "→"])
def test_a_link_without_words_is_a_hard_error(words):
    (found,) = [one for one in findings(text(f'<p>Hei <a href="page:1">{words}</a></p>')) if one.hard]
    assert found.rule == "empty-link"


def test_an_address_is_no_name_for_a_link():
    address = '<p><a href="https://helsenorge.no/rus">https://helsenorge.no/rus</a></p>'
    assert rules(text(address)) == ["address-as-link"]


def test_doors_and_sources_are_links_too():
    door = {"type": "door", "link": "page:1", "title": {}, "text": {"nb": "Ring oss."}}
    assert "empty-link" in rules(door)
    assert "empty-link" not in rules(door, language="nn")
    source = {"type": "resource_link", "url": "https://x.no", "publisher": "X", "title": {"nb": "Les mer"}}
    assert rules(source) == ["vague-link"]


@pytest.mark.parametrize(
    "href",
    [
        "https:/helsenorge.no", "https:helsenorge.no", "mailto:", "mailto:kari", "tel:ring oss", "Page:12",
        "https://https://helsenorge.no", "https://helsenorge", "http://.no",
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_a_hard_error(href):
    (found,) = findings(text(f'<p>Se <a href="{href}">Helsenorge om rus</a></p>'))
    assert (found.rule, found.hard, found.words) == ("broken-link", True, ("Helsenorge om rus",))


@pytest.mark.parametrize(
    "href",
    [
        "https://helsenorge.no", "Https://www.helsenorge.no:443/rus?a=1#b", "http://blåkors.no", "tel:116117",
        "tel:+47 35 01 95 00", "tel:113", "mailto:post@old.no?subject=Hei", "page:1", "contact:relative",
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_left_alone(href):
    assert rules(text(f'<p>Se <a href="{href}">Helsenorge om rus</a></p>')) == []
