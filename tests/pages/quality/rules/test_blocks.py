"""Half-written blocks stop a publication; a draft takes them as they are."""

import pytest

from tests.pages.quality.reading_of import TITLES, findings

WORDS = {"nb": "a|b\nc|d"}
LINK = {"type": "resource_link", "url": "https://example.org/a", "publisher": "Helsenorge", "title": {}}
DESCRIBED = {"alt": TITLES, "caption": {}}


def lacking(language="nb", **block):
    """Return the fields that the rule names; each finding is hard."""
    found = [one for one in findings(block, language=language) if one.rule == "half-block"]
    assert all(one.hard for one in found)
    return [one.place.name for one in found]


@pytest.mark.parametrize(("kind", "first", "second"), [
    ("faq", "question", "answer"), ("myth_fact", "myth", "fact"), ("term", "term", "explanation"),
    ("table", "caption", "rows"),
])  # fmt: skip
def test_two_texts_that_belong_together_are_both_there_or_neither(kind, first, second):
    assert lacking(type=kind, **{first: {}, second: {}}) == []
    assert lacking(type=kind, **{first: WORDS, second: WORDS}) == []
    assert lacking(type=kind, **{first: WORDS, second: {}}) == [second]
    assert lacking(type=kind, **{first: {"nn": " "}, second: WORDS}) == [first]
    assert lacking(type=kind, **{first: WORDS, second: {}}, language="en") == []


def test_a_callout_has_a_text_and_a_step_and_a_factor_have_a_name_and_need_nothing_more():
    assert lacking(type="callout", title=WORDS, body={}) == ["body"]
    assert lacking(type="step", title=WORDS, body={}) == lacking(type="factor", title=WORDS, text={}) == []
    assert lacking(type="step", title={}, body=WORDS) == lacking(type="factor", title={}, text=WORDS) == ["title"]


@pytest.mark.parametrize(("rows", "refused"), [
    ("Tid | Hva\n08 | Mat", False), ("Tid|Hva\n\n08|Mat\n", False), ("Bare\nen", False), ("Tid | Hva", True),
    ("Tid | Hva\n08", True), ("Tid | Hva\n08 | Mat | Mer", True), ("Tid | Hva\n08 | Mat\n|", False),
])  # fmt: skip
def test_every_row_of_a_table_has_as_many_cells_as_the_first(rows, refused):
    assert lacking(type="table", caption={"nb": "Plan"}, rows={"nb": rows}) == (["rows"] if refused else [])


@pytest.mark.parametrize("url", ["http://example.org", "javascript:alert(1)", "www.example.org", ""])
def test_a_source_is_reached_by_https_only_and_names_who_stands_behind_it(url):
    assert lacking(**LINK) == []
    assert lacking(**LINK | {"url": url}) == ["url"]
    assert lacking(**LINK | {"publisher": ""}) == ["publisher"]


def test_a_figure_is_one_picture_or_one_drawing_and_decoration_says_nothing():
    figure = {"type": "figure", "decorative": False, "picture": None, "drawing": "window"} | DESCRIBED
    assert lacking(**figure) == lacking(**figure | {"picture": 1, "drawing": ""}) == []
    assert lacking(**figure | {"picture": 1}) == lacking(**figure | {"drawing": ""}) == ["picture"]
    assert lacking(**figure | {"decorative": True}) == ["decorative"]


def test_a_door_leads_somewhere_and_is_for_a_group_of_readers():
    door = {"type": "door", "link": "contact:start", "audience": "patient", "title": WORDS}
    assert lacking(**door) == []
    assert lacking(**door | {"link": "", "audience": ""}) == ["audience", "link"]
