"""Something missing is reported once, not twenty times."""

import pytest

from tests.pages.quality.reading_of import findings, rules, text

STEP = {"type": "step", "title": {"nb": "Du ringer", "nn": "Du ringjer"}, "body": {"nb": "<p>Vi svarer.</p>"}}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(("name", "rule"), [("lead", "missing-lead"), ("description", "missing-description")])
def test_a_missing_introduction_and_description_are_named(language, name, rule):
    found = findings(text("<p>Ord.</p>", language), language=language, **{name: {}})
    assert [one.rule for one in found] == [rule]
    assert found[0].place.name == name


def test_a_language_that_is_not_begun_says_only_that():
    texts = {name: {"nb": "Avrusning"} for name in ("title", "lead", "description")}
    assert rules(text("<p>Ord.</p>"), STEP, language="en", **texts) == ["missing-translation"]


def test_all_missing_translations_are_one_finding_that_leads_to_the_first():
    (found,) = findings(STEP, STEP, language="nn")
    assert found.rule == "missing-translation"
    assert "2" in found.problem
    assert (found.place.block, found.place.name) == (0, "body")


def test_bokmal_is_the_source_and_lacks_no_translation():
    assert rules({"type": "step", "title": {"en": "You ring"}, "body": {}}) == []


def test_a_language_with_content_but_no_title_says_that_nobody_sees_it():
    assert "missing-title" in rules(text("<p>Ord.</p>", "nn"), language="nn", title={"nb": "Avrusning"})
