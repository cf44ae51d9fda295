"""With the keyboard alone: everything is reached, in the order one sees it, and the focus is always seen."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.journeys.seeing import walk

pytestmark = pytest.mark.browser
# A group of radio buttons is one stop.
STOPS = """() => {
    const all = document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']")
    const open = [...all].filter(e => e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}))
    return new Set(open.map(e => e.type === "radio" ? e.name : e)).size
}"""


def goes_back(one, other) -> bool:
    """Say whether the eye must jump back: up, or to the left on the same line. A new column may begin higher."""
    if one["fixed"] or other["fixed"]:
        return False
    below = other["top"] >= one["bottom"] - 2
    beside = other["left"] >= one["right"] - 2
    on = (
        other["top"] >= one["top"] - 2 and other["left"] >= one["left"] - 2
    )  # the next word of a sentence that wraps
    return not (below or beside or on)


in_the_proof = pytest.mark.proof("looks")


@pytest.mark.parametrize(
    ("address", "width"),
    [
        ("/", 360),
        ("/avrusning/", 1280),
        ("/kontakt/parorende/", 360),
        ("/alt-nb/", 1280),
        pytest.param("/", 1280, marks=in_the_proof),
        pytest.param("/avrusning/", 360, marks=in_the_proof),
        pytest.param("/kontakt/parorende/", 1280, marks=in_the_proof),
        pytest.param("/alt-nb/", 360, marks=in_the_proof),
    ],
)
def test_everything_is_reached_in_the_order_it_is_seen_and_the_focus_shows(
    reader, every_kind_site, address, width
):
    reader.set_viewport_size({"width": width, "height": 740})
    reader.goto(every_kind_site.url + address)
    stops = walk(reader)
    assert {stop["name"]: stop["faults"] for stop in stops if stop["faults"]} == {}
    assert [(one["name"], other["name"]) for one, other in pairwise(stops) if goes_back(one, other)] == []
    assert len(stops) == reader.evaluate(STOPS)


def test_the_first_stop_leads_past_the_menu(reader, every_kind_site):
    reader.goto(every_kind_site.url + "/avrusning/")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.className") == "skip-link"
    reader.keyboard.press("Enter")
    expect(reader.locator("#content")).to_be_focused()


def test_the_menu_opens_and_closes_with_a_key(reader, every_kind_site):
    reader.goto(every_kind_site.url + "/")
    reader.focus(".menu-narrow summary")
    for shown in (True, False):
        reader.keyboard.press("Enter")
        assert reader.locator(".menu-narrow li a").first.is_visible() is shown
