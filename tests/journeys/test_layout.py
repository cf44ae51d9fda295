"""Where things stand on the screen, when no rule about lost or covered text would notice."""

import pytest

from tests.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("visit")]

OVERLAPS = """() => [...document.querySelectorAll("main h2")].filter(heading => {
    const text = heading.nextElementSibling
    if (!text) return false
    const [a, b] = [heading, text].map(one => one.getBoundingClientRect())
    return a.left < b.right && b.left < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom
}).map(heading => heading.textContent)"""


def test_no_heading_slides_over_its_own_text_on_the_front_page(reader, every_kind_site):
    reader.set_viewport_size({"width": 1280, "height": 800})
    reader.goto(every_kind_site.url + "/")
    height = reader.evaluate("document.documentElement.scrollHeight")
    found = {}
    for top in range(0, height, 150):
        reader.evaluate(f"scrollTo({{top: {top}, behavior: 'instant'}})")
        if headings := reader.evaluate(OVERLAPS):
            found[top] = headings
    assert found == {}


def test_the_errors_of_a_form_are_listed_in_line_with_their_heading(reader, every_kind_site):
    reader.goto(every_kind_site.url + "/kontakt/pasient/")
    follow(reader.locator("main form button"))
    left = "one => Math.round(one.getBoundingClientRect().left)"
    summary = reader.locator(".error-summary")
    assert summary.locator("li a").first.evaluate(left) == summary.locator("h2").evaluate(left)


@pytest.mark.parametrize("path", ["/sok/", "/finnes-ikke/"])
def test_a_search_form_stands_apart_from_the_text_around_it(reader, every_kind_site, path):
    """Its distance is the same as a form's on the contact pages, though their stylesheet is not loaded here."""
    reader.goto(every_kind_site.url + path)
    margin = reader.locator("main form.search-form").evaluate("one => getComputedStyle(one).marginBlockStart")
    space = reader.evaluate("""() => {
        const probe = document.body.appendChild(document.createElement("div"))
        probe.style.marginBlockStart = "var(--space-7)"
        return getComputedStyle(probe).marginBlockStart
    }""")
    assert margin == space


def test_a_field_for_a_name_or_a_number_is_no_wider_than_what_is_written_in_it(reader, every_kind_site):
    reader.set_viewport_size({"width": 1280, "height": 800})
    reader.goto(every_kind_site.url + "/kontakt/pasient/")
    wide, narrow = "textarea", "input.narrow"
    width = {
        one: reader.locator(f"main form {one}").first.evaluate("one => one.offsetWidth") for one in (wide, narrow)
    }
    assert width[narrow] < 350 < width[wide]
