"""A frightened reader on a phone: finds the number, reads, changes language, writes to us."""

import re
from dataclasses import dataclass

import pytest

from tests.conftest import visiting
from tests.following import follow

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


# As much space as WCAG 1.4.12 lets a reader ask for.
SPACED_OUT = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-block-end: 2em !important }`)
    document.adoptedStyleSheets = [sheet]
    return document.documentElement.scrollWidth - innerWidth
}"""


@dataclass
class Seen:
    """What a visitor saw of a page: boxes on a phone, the header at 400 percent, and how much is too wide."""

    calls: list[dict]
    emergency: dict
    bar_at_400: bool
    number_at_400: dict
    too_wide: int


@pytest.fixture(scope="module")
def visit(chromium, every_kind_site):
    """A visit to all pages, each loaded once; `seen` tells what was seen."""
    with visiting(chromium) as window:
        window.seen = {}
        for address in PAGES:
            window.set_viewport_size({"width": 360, "height": 740})
            window.goto(every_kind_site.url + address)
            boxes = [link.bounding_box() for link in window.locator('a[href="tel:+4735019500"]').all()]
            emergency = window.locator('a[href="tel:113"]').first.bounding_box()
            window.set_viewport_size({"width": 320, "height": 256})
            number = window.locator(".site-header__call").bounding_box()
            bar = window.locator(".call-bar").is_visible()
            window.set_viewport_size({"width": 320, "height": 640})
            too_wide = window.evaluate(SPACED_OUT)
            window.seen[address] = Seen([box for box in boxes if box], emergency, bar, number, too_wide)
        yield window


def test_the_phone_number_is_on_the_first_screen_and_calls(visit):
    for address, seen in visit.seen.items():
        assert any(box["y"] >= 0 and box["y"] + box["height"] <= 740 for box in seen.calls), address
        assert seen.emergency["y"] < 740, address


def test_a_visit_leaves_no_trace_and_asks_no_other_host(visit, every_kind_site):
    assert visit.context.cookies() == []
    assert visit.evaluate("localStorage.length + sessionStorage.length") == 0
    assert visit.hosts == {every_kind_site.url.removeprefix("http://")}
    assert visit.faults == []


def test_at_400_percent_the_bar_gives_way_and_the_number_is_in_the_header(visit):
    for address, seen in visit.seen.items():
        assert not seen.bar_at_400, address
        assert seen.number_at_400["y"] + seen.number_at_400["height"] <= 256, address


def test_text_that_a_reader_spaces_out_still_fits_a_narrow_phone(visit):
    assert {address: seen.too_wide for address, seen in visit.seen.items() if seen.too_wide > 0} == {}


def test_a_search_leads_from_the_menu_to_a_page_that_is_not_told_what_was_asked(visitor, every_kind_site):
    visitor.goto(every_kind_site.url + "/avrusning/")
    visitor.locator(".menu-narrow summary").click()
    visitor.get_by_label("Søk på nettstedet").fill("avrusing")
    follow(visitor.get_by_label("Søk på nettstedet"), "Enter")
    assert visitor.url.endswith("/sok/?q=avrusing")
    follow(visitor.get_by_role("link", name="avrusning", exact=True))
    assert visitor.url.endswith("/sok/?q=avrusning")
    follow(visitor.locator("ol.subpages p").first, force=True)  # the link lies over the whole row
    assert visitor.url.endswith("/avrusning/")
    assert visitor.evaluate("document.referrer") == ""


def test_a_whole_visit_without_javascript(chromium, every_kind_site):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(every_kind_site.url + "/")
    follow_in_menu(page, "Behandling")
    assert page.url.endswith("/behandling/")
    follow_in_menu(page, "Nynorsk")
    assert page.url.endswith("/nn/behandlinga/")
    assert page.locator("html").get_attribute("lang") == "nn"

    page.goto(every_kind_site.url + "/alt-nb/")
    answer = page.locator(".faq__answer").first
    assert not answer.is_visible()
    page.locator(".faq summary").first.press("Enter")
    assert answer.is_visible()

    follow(page.locator("main").get_by_role("link", name="Skriv til oss", exact=True))
    follow(page.get_by_role("link", name="pårørende").first)
    page.fill("[name=message]", "Hei. Kan dere ringe meg?")
    follow(page.locator("main form button"))
    follow(page.locator("main form button[value=send]"))
    assert page.locator(".reference-number").is_visible()
    context.close()


def test_a_printed_page_is_a_leaflet_with_the_number_where_it_comes_from_and_how_old_it_is(
    visitor, every_kind_site
):
    for address in ("/", "/avrusning/"):
        visitor.goto(every_kind_site.url + address)
        visitor.emulate_media(media="print")
        assert visitor.locator(".brand").is_visible()
        assert visitor.locator(".site-header__call").inner_text().replace("\u00a0", " ") == "Ring oss: 35 01 95 00"
        end = visitor.locator(".on-paper").inner_text()
        assert every_kind_site.url + address in end
        assert re.search(r"Sist endret \d+\. \w+ \d{4}", end)
        for left_out in ("nav", ".quick-exit", ".side-card", ".contact-panel", ".button"):
            assert not any(part.is_visible() for part in visitor.locator(left_out).all()), left_out
        for heading in visitor.locator(".care-card > :is(h2, h3)").all():
            assert heading.evaluate("h => getComputedStyle(h).color") == "rgb(0, 0, 0)"
        visitor.emulate_media(media="screen")
        assert not visitor.locator(".on-paper").is_visible()


def follow_in_menu(page, name):
    page.locator(".menu-narrow summary").click()
    follow(page.locator(".menu-narrow").get_by_role("link", name=name))
