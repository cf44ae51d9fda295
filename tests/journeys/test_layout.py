"""Where things stand on the screen, when no rule about lost or covered text would notice."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("visit")]

OVERLAPS = """() => [...document.querySelectorAll("main h2")].filter(heading => {
    const text = heading.nextElementSibling
    if (!text) return false
    const [a, b] = [heading, text].map(one => one.getBoundingClientRect())
    return a.left < b.right && b.left < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom
}).map(heading => heading.textContent)"""


def test_no_heading_slides_over_its_own_text_on_the_front_page(visitor, every_kind_site):
    visitor.set_viewport_size({"width": 1280, "height": 800})
    visitor.goto(every_kind_site.url + "/")
    height = visitor.evaluate("document.documentElement.scrollHeight")
    found = {}
    for top in range(0, height, 150):
        visitor.evaluate(f"scrollTo({{top: {top}, behavior: 'instant'}})")
        if headings := visitor.evaluate(OVERLAPS):
            found[top] = headings
    assert found == {}


def test_the_errors_of_a_form_are_listed_in_line_with_their_heading(visitor, every_kind_site):
    visitor.goto(every_kind_site.url + "/kontakt/pasient/")
    with visitor.expect_navigation():
        visitor.click("main form button")
    left = "one => Math.round(one.getBoundingClientRect().left)"
    summary = visitor.locator(".error-summary")
    assert summary.locator("li a").first.evaluate(left) == summary.locator("h2").evaluate(left)
