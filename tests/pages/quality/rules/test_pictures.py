"""Pictures are described in words that say something."""

import pytest

from tests.pages.quality.reading_of import TITLES, findings, rules


def figure(**texts):
    return {"type": "figure", "decorative": False, "drawing": "diamond", "alt": texts, "caption": {}}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_picture_without_a_description_is_a_hard_error_in_every_language_of_the_page(language):
    (found,) = findings(figure(), language=language)
    assert (found.rule, found.hard) == ("missing-alt", True)
    others = {code: title for code, title in TITLES.items() if code != language}
    assert "missing-alt" not in rules(figure(), language=language, title=others)


def test_decoration_needs_no_description():
    assert rules(figure() | {"decorative": True}) == []


@pytest.mark.parametrize(
    ("language", "alt", "rule"),
    [
        ("nb", "IMG_2034.jpg", "alt-is-file"), ("nb", "Bilde av et fjell", "alt-says-picture"),
        ("nn", "Eit bilete av eit fjell", "alt-says-picture"), ("en", "Picture of a hill", "alt-says-picture"),
    ],
)  # fmt: skip
def test_a_description_that_says_nothing_is_pointed_out(language, alt, rule):
    assert rules(
        figure(nb="Et fjell", **{language: alt}) if language != "nb" else figure(nb=alt), language=language
    ) == [rule]


@pytest.mark.parametrize(
    ("language", "alt"), [("nb", "Et fjell i solen"), ("nb", "Bildene på veggen"), ("en", "A hill")]
)
def test_a_description_that_says_what_is_there_is_left_alone(language, alt):
    assert (
        rules(figure(nb="Et fjell", **{language: alt}) if language != "nb" else figure(nb=alt), language=language)
        == []
    )
