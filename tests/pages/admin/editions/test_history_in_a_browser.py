"""Earlier editions and two people in one form, in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-history")]
FORM = "pages/page/2/change/"


def in_view(window, selector):
    place = window.evaluate("s => document.querySelector(s).getBoundingClientRect().toJSON()", selector)
    return place["bottom"] > 0 and place["top"] < window.viewport_size["height"]


def save(window, title):
    """Save from the very bottom of the form, where the buttons are."""
    window.evaluate("scrollTo(0, document.body.scrollHeight)")
    window.evaluate("title => { document.querySelector('#id_title_nb').value = title }", title)
    with window.expect_navigation():
        window.locator("input[name=_continue]").click()
    window.wait_for_load_state("networkidle")


LOOKS = ((1280, "light"), (360, "dark"))


def look(window, width, scheme):
    window.set_viewport_size({"width": width, "height": 900})
    window.emulate_media(color_scheme=scheme)


def test_two_people_save_one_page_and_the_second_is_led_to_what_happened(staff_window, site_server, axe_faults):
    found = {}

    def note(name, window):
        """Look at the page in every way; it stays in the last, narrow and dark."""
        for width, scheme in LOOKS:
            look(window, width, scheme)
            found[name, width] = axe_faults(window)
            found[f"{name} is too wide", width] = window.evaluate(
                "document.documentElement.scrollWidth > innerWidth"
            )

    mine, colleague = staff_window("astrid"), staff_window("kari")
    form = f"{site_server.url}/admin/{FORM}"
    for window in (mine, colleague):
        window.goto(form)
        window.locator(".add-block:not([hidden])").wait_for()
    for width, scheme in LOOKS:  # refused, and refused again
        look(mine, width, scheme)
        save(colleague, f"Kollegaens tittel {width}")
        save(mine, f"Min tittel {width}")
        # Waiting by a function of our own would need what the site's policy forbids.
        expect(mine.locator("#stale-heading")).to_be_in_viewport()
        assert in_view(mine, "#stale-heading")
        assert mine.input_value("#id_title_nb") == f"Min tittel {width}"
    note("stale", mine)
    save(mine, "Vår tittel")
    history = form.replace("change/", "history/")
    colleague.goto(history)
    assert colleague.locator(".edition").count() >= 3
    note("history", colleague)
    colleague.get_by_role("link", name="Gjenopprett").first.click()
    note("restore", colleague)
    colleague.goto(history + "redact/")
    note("redact", colleague)
    colleague.goto(history)
    colleague.locator(".history__compare input").press("Enter")
    colleague.locator(".compare-section").first.wait_for()
    note("compare", colleague)
    assert {place: faults for place, faults in found.items() if faults} == {}
