"""An editor at a real browser changes bokmål, sees what must follow in nynorsk, and writes it side by side."""

import pytest

from tests.following import follow
from tests.pages.admin.page.test_editing_in_a_browser import open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.proof("editors"),
    pytest.mark.xdist_group("translations_in_a_browser"),
]
PAGE = "Slik foregår avrusning"


def state(window, site, language):
    window.goto(f"{site.url}/admin/pages/page/translations/")
    row = window.get_by_role("row", name=PAGE)
    return row.get_by_role("link", name=f", {language}, {PAGE}").inner_text().split(",")[0].strip()


def editors_ready(window):
    window.wait_for_selector(".prose-menubar[role=toolbar]", state="attached")


def save_form(window, site, lead, *, minor=False):
    open_page(window, site, PAGE)
    window.get_by_label("Ingress (bokmål)").fill(lead)
    if minor:
        window.get_by_label("Liten rettelse: oversettelsene gjelder fortsatt").check()
    follow(window.get_by_role("button", name="Lagre utkast"))


def test_bokmal_is_changed_and_nynorsk_follows_side_by_side(staff_window, site_server, judged):
    window = staff_window()
    window.goto(f"{site_server.url}/admin/")
    follow(window.get_by_role("link", name="Oversettelser"))
    assert window.url.endswith("/translations/")
    assert state(window, site_server, "Nynorsk") == "✓ Stemmer"
    save_form(window, site_server, "Her ser du hva som skjer.")
    assert "Bokmål er endret, så oversettelsen må ses over: nynorsk, engelsk." in window.inner_text(".messagelist")
    assert state(window, site_server, "Nynorsk") == "↻ Må ses over"

    follow(window.get_by_role("row", name=PAGE).get_by_role("link", name=", Nynorsk,"), "Enter")
    editors_ready(window)
    assert window.get_by_text("Bokmål er endret siden dette ble oversatt").count() == 1
    assert judged(window) == []

    # The keyboard comes from the words on top to the source's former wording, the field, its tick.
    window.get_by_role("link", name="Gå til den første").press("Enter")
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.textContent.trim()") == "Slik sto det på bokmål før"
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.id") == "id_page-lead_nn"
    window.keyboard.press("Control+a")
    window.keyboard.type("Her ser du kva som skjer.")
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.type") == "checkbox"
    follow(window.get_by_role("button", name="Lagre utkast"), "Enter")
    editors_ready(window)
    assert "Nynorsk stemmer med det som står på bokmål." in window.inner_text(".messagelist")
    assert state(window, site_server, "Nynorsk") == "✓ Stemmer"
    assert state(window, site_server, "Engelsk") == "↻ Må ses over"

    save_form(window, site_server, "Her ser du hva som skjer!", minor=True)
    assert state(window, site_server, "Nynorsk") == "✓ Stemmer"
    assert window.faults == []


def test_until_the_font_of_the_icons_has_come_a_form_is_no_wider_than_a_phone(staff_window, site_server):
    """Each icon is a word until then, and stays one where the font does not come."""
    window = staff_window(width=360)
    window.route("**/*.woff2", lambda route: route.abort())
    open_page(window, site_server, PAGE)
    assert window.evaluate("document.documentElement.scrollWidth") == 360
    window.goto(window.url.replace("/change/", "/translate/nn/"))
    editors_ready(window)
    assert window.evaluate("document.documentElement.scrollWidth") == 360
