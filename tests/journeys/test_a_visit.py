"""A frightened reader on a phone: finds the number, reads, changes language, leaves no trace."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("visit")]
PAGES = [
    "/",
    "/avrusning/",
    "/unnga-tilbakefall/",
    "/kontakt/",
    "/kontakt/parorende/",
    "/kontakt/henviser/",
    "/nn/avrusing/",
    "/en/detox/",
    "/sok/?q=selvmord",
]


def test_the_phone_number_is_on_the_first_screen_and_calls(visitor, site_server):
    for address in PAGES:
        visitor.goto(site_server.url + address)
        calls = visitor.locator('a[href="tel:+4735019500"]')
        boxes = [box for link in calls.all() if (box := link.bounding_box())]
        assert any(box["y"] >= 0 and box["y"] + box["height"] <= 740 for box in boxes), address
        assert visitor.locator('a[href="tel:113"]').first.bounding_box()["y"] < 740


def test_a_door_leads_on_and_the_language_link_leads_to_the_same_page(visitor, site_server):
    visitor.goto(site_server.url + "/")
    visitor.locator(".menu-narrow summary").click()
    visitor.locator(".menu-narrow").get_by_role("link", name="Behandling").click()
    assert visitor.url.endswith("/behandling/")
    visitor.locator(".menu-narrow summary").click()
    visitor.locator(".menu-narrow").get_by_role("link", name="Nynorsk").click()
    assert visitor.url.endswith("/nn/behandlinga/")
    assert visitor.locator("html").get_attribute("lang") == "nn"


def test_a_search_leads_from_the_menu_to_a_page_that_is_not_told_what_was_asked(visitor, site_server):
    visitor.goto(site_server.url + "/avrusning/")
    visitor.locator(".menu-narrow summary").click()
    visitor.get_by_label("Søk på nettstedet").fill("avrusing")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/sok/?q=avrusing")
    visitor.get_by_role("link", name="avrusning", exact=True).click()
    visitor.wait_for_url("**/sok/?q=avrusning")
    visitor.locator("ol.subpages p").first.click(force=True)  # the link lies over the whole row
    visitor.wait_for_url("**/avrusning/")
    assert visitor.evaluate("document.referrer") == ""


def test_a_visit_leaves_no_trace_and_asks_nobody_else(visitor, site_server):
    for address in PAGES:
        visitor.goto(site_server.url + address)
    assert visitor.context.cookies() == []
    assert visitor.evaluate("localStorage.length + sessionStorage.length") == 0
    assert visitor.hosts == {site_server.url.removeprefix("http://")}
    assert visitor.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_have_no_accessibility_fault_and_fit_their_width(visitor, site_server, axe_faults, scheme, width):
    visitor.emulate_media(color_scheme=scheme)
    visitor.set_viewport_size({"width": width, "height": 800})
    for address in [*PAGES, "/finnes-ikke/"]:
        visitor.goto(site_server.url + address)
        assert axe_faults(visitor) == [], address
        wide = visitor.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, address


def test_the_site_works_with_the_keyboard_alone(visitor, site_server):
    visitor.goto(site_server.url + "/avrusning/")
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.className") == "skip-link"
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("document.activeElement.id") == "content"


def test_pages_read_the_same_without_javascript(chromium, site_server):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_server.url + "/avrusning/")
    assert re.search("naloks", page.inner_text("main"), re.IGNORECASE)
    context.close()


def test_a_printed_page_is_a_leaflet_with_the_number_where_it_comes_from_and_how_old_it_is(visitor, site_server):
    for address in ("/", "/avrusning/"):
        visitor.goto(site_server.url + address)
        visitor.emulate_media(media="print")
        assert visitor.locator(".brand").is_visible()
        assert visitor.locator(".site-header__call").inner_text().replace("\u00a0", " ") == "Ring oss: 35 01 95 00"
        end = visitor.locator(".on-paper").inner_text()
        assert site_server.url + address in end
        assert re.search(r"Sist endret \d+\. \w+ \d{4}", end)
        for left_out in ("nav", ".quick-exit", ".side-card", ".contact-panel", ".button"):
            assert not any(part.is_visible() for part in visitor.locator(left_out).all()), left_out
        for heading in visitor.locator(".care-card > :is(h2, h3)").all():
            assert heading.evaluate("h => getComputedStyle(h).color") == "rgb(0, 0, 0)"
        visitor.emulate_media(media="screen")
        assert not visitor.locator(".on-paper").is_visible()
