"""Earlier editions and two people in one form, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.following import follow
from tests.pages.admin.page.test_editing_in_a_browser import ready

pytestmark = [pytest.mark.browser, pytest.mark.proof("editors"), pytest.mark.xdist_group("browser-history")]
FORM = "pages/page/2/change/"


def in_view(window, selector):
    place = window.evaluate("s => document.querySelector(s).getBoundingClientRect().toJSON()", selector)
    return place["bottom"] > 0 and place["top"] < window.viewport_size["height"]


def save(window, title):
    """Save from the very bottom of the form, where the buttons are."""
    window.evaluate("scrollTo(0, document.body.scrollHeight)")
    window.evaluate("title => { document.querySelector('#id_title_nb').value = title }", title)
    follow(window.locator("input[name=_continue]"))
    ready(window)


def test_two_people_save_one_page_and_the_second_is_led_to_what_happened(staff_window, site_server, judged):
    mine, colleague = staff_window("astrid", width=360), staff_window("kari")
    form, found = f"{site_server.url}/admin/{FORM}", {}
    for window in (mine, colleague):
        window.goto(form)
        ready(window)
    save(colleague, "Kollegaens tittel")
    save(mine, "Min tittel")
    # Waiting by a function of our own would need what the site's policy forbids.
    expect(mine.locator("#stale-heading")).to_be_in_viewport()
    assert in_view(mine, "#stale-heading")
    assert mine.input_value("#id_title_nb") == "Min tittel"
    mine.faults.clear()  # the browser tells of the refusal
    found["stale"] = judged(mine, part=".stale")
    save(mine, "Vår tittel")
    history = form.replace("change/", "history/")
    colleague.goto(history)
    assert colleague.locator(".edition").count() >= 3
    found["history"] = judged(colleague)
    said, ways = (colleague.locator(f".edition__{part}").first.bounding_box() for part in ("about", "ways"))
    assert said["x"] + said["width"] <= ways["x"]  # beside each other
    follow(colleague.get_by_role("link", name="Gjenopprett").first)
    found["restore"] = judged(colleague)
    colleague.goto(history + "redact/")
    found["redact"] = judged(colleague)
    colleague.goto(history)
    follow(colleague.locator(".history__compare input"), "Enter")
    colleague.locator(".compare-section").first.wait_for()
    found["compare"] = judged(colleague)
    assert {place: faults for place, faults in found.items() if faults} == {}
