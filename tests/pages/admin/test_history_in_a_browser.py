"""Earlier editions and two people in one form, in a real browser."""

import pytest

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


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_two_people_save_one_page_and_the_second_is_led_to_what_happened(
    staff_window, site_server, axe_faults, width, scheme
):
    mine = staff_window("astrid", width=width, scheme=scheme)
    href = f"/admin/{FORM}"
    colleague = staff_window("kari", width=width, scheme=scheme)
    for window in (mine, colleague):
        window.goto(site_server.url + href)
        window.locator(".add-block:not([hidden])").wait_for()
    save(colleague, f"Kollegaens tittel {width}")
    save(mine, f"Min tittel {width}")
    mine.wait_for_function(
        "scrollY < 2000 && document.querySelector('#stale-heading').getBoundingClientRect().top > 0"
    )
    mine.wait_for_timeout(400)
    assert in_view(mine, "#stale-heading")
    assert mine.input_value("#id_title_nb") == f"Min tittel {width}"
    found = {"stale": axe_faults(mine)}
    save(mine, f"Vår tittel {width}")
    history = site_server.url + href.replace("change/", "history/")
    colleague.goto(history)
    assert colleague.locator(".edition").count() >= 3
    found["history"] = axe_faults(colleague)
    colleague.get_by_role("link", name="Gjenopprett").first.click()
    found["restore"] = axe_faults(colleague)
    colleague.goto(history + "redact/")
    found["redact"] = axe_faults(colleague)
    colleague.goto(history)
    colleague.locator(".history__compare input").press("Enter")
    colleague.locator(".compare-section").first.wait_for()
    found["compare"] = axe_faults(colleague)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert colleague.evaluate("document.documentElement.scrollWidth <= innerWidth")
