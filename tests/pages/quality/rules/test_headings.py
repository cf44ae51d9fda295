"""A heading is neither empty nor at a skipped level, and has text under it."""

import pytest

from pages.quality.checking import check
from pages.quality.passages import read
from tests.pages.quality.reading_of import findings, head, rules, text

ZERO_WIDTH = "\u200b"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("heading", [f"<h2>{ZERO_WIDTH}</h2>", "<h3>–</h3>", "<h2><strong>.</strong></h2>"])
def test_a_heading_without_a_letter_is_a_hard_error(language, heading):
    found = [
        one
        for one in findings(text(f"<h2>Først</h2>{heading}<p>Ord.</p>", language), language=language)
        if one.hard
    ]
    assert [one.rule for one in found] == ["empty-heading"]


def test_a_callout_without_its_title_is_an_empty_heading():
    callout = {"type": "callout", "title": {"nn": "Hugs"}, "body": {"nb": "<p>Ring.</p>", "nn": "<p>Ring.</p>"}}
    assert "empty-heading" in rules(callout)
    assert "empty-heading" not in rules(callout, language="nn")


def test_a_small_heading_needs_a_larger_one_before_it():
    assert "heading-order" in rules(text("<h3>Liten</h3><p>Ord.</p>"))
    assert "heading-order" not in rules(text("<h2>Stor</h2><h3>Liten</h3><p>Ord.</p>"))
    step = {"type": "step", "title": {"nb": "Du ringer"}, "body": {}}
    assert "heading-order" not in rules(step, text("<h3>Liten</h3><p>Ord.</p>"))


def test_a_heading_has_something_under_it():
    assert rules(text("<h2>En</h2><h2>To</h2><p>Ord.</p>")) == ["heading-alone"]
    assert rules(text("<p>Ord.</p><h2>Slutt</h2>")) == ["heading-alone"]
    assert rules(text("<h2>En</h2><h3>To</h3><p>Ord.</p>")) == []


def test_a_block_after_a_heading_is_something_under_it():
    step = {"type": "step", "title": {"nb": "Du ringer"}, "body": {}}
    assert rules(text("<h2>Slik går du fram</h2>"), step) == []
    assert rules(text("<h2>Slik går du fram</h2>"), text("<p>Ord.</p>")) == []
    assert rules(text("<h2>Slik går du fram</h2>"), text("<h2>Nytt</h2><p>Ord.</p>")) == ["heading-alone"]


def test_an_overview_may_end_with_a_heading_as_its_subpages_follow():
    overview = head() | {"kind": "overview"}
    assert check(read(overview, [text("<h2>Sidene</h2>")], "nb")) == []
