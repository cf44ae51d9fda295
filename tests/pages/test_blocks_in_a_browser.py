"""A page with every block in a real browser: nothing overflows, axe finds nothing, the keyboard reaches all."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("blocks-browser")]
FILL = """
from tests import factories
from tests.pages.every_block import page_with_every_block
overview = factories.live("oversikt", kind="overview", lead_nb="Alt vi har skrevet.")
page_with_every_block(parent=overview, in_footer=True, lead_nb="Alle slag.")
page_with_every_block("uten", body="<p>Ingen overskrift.</p>")
"""
SCROLLED = """region => new Promise(done => {
    const look = () => region.scrollLeft > 0 ? done(true) : requestAnimationFrame(look)
    look()
})"""
ADDRESSES = ["/alt-nb/", "/uten-nb/", "/oversikt-nb/", "/nn/alt-nn/", "/en/alt-en/"]


@pytest.fixture(scope="module")
def filled_site(site_server):
    site_server.manage("shell", "--verbosity", "0", "-c", FILL)
    return site_server


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_every_block_fits_and_has_no_accessibility_fault(visitor, filled_site, axe_faults, scheme, width):
    visitor.emulate_media(color_scheme=scheme)
    visitor.set_viewport_size({"width": width, "height": 800})
    for address in ADDRESSES:
        visitor.goto(filled_site.url + address)
        for question in visitor.locator(".faq summary").all():
            question.click()
        assert axe_faults(visitor) == [], address
        wide = visitor.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
    assert visitor.faults == []
    assert visitor.hosts == {filled_site.url.removeprefix("http://")}


def test_a_wide_table_scrolls_inside_its_own_region_with_the_arrow_keys(visitor, filled_site):
    visitor.set_viewport_size({"width": 320, "height": 700})
    visitor.goto(filled_site.url + "/alt-nb/")
    region = visitor.get_by_role("region", name="Dagsplan (nb)")
    assert region.evaluate("r => r.scrollWidth > r.clientWidth")
    region.focus()
    visitor.keyboard.press("ArrowRight")
    assert region.evaluate(SCROLLED)


def test_answers_open_with_the_keyboard_and_without_scripts(chromium, filled_site):
    context = chromium.new_context(java_script_enabled=False)
    window = context.new_page()
    window.goto(filled_site.url + "/alt-nb/")
    answer = window.locator(".faq__answer").first
    assert not answer.is_visible()
    window.locator(".faq summary").first.press("Enter")
    assert answer.is_visible()
    context.close()


def test_answers_are_printed_open(visitor, filled_site):
    visitor.goto(filled_site.url + "/alt-nb/")
    visitor.emulate_media(media="print")
    assert all(answer.is_visible() for answer in visitor.locator(".faq__answer").all())


def test_do_and_do_not_are_told_apart_by_words_and_marks_and_not_by_colour_alone(visitor, filled_site):
    visitor.emulate_media(forced_colors="active")
    visitor.goto(filled_site.url + "/en/alt-en/")
    assert visitor.locator(".do-dont__card").locator("h2, h3").all_inner_texts() == ["Do", "Do not"]
    marks = visitor.locator(".do-dont__card li:first-of-type path").evaluate_all(
        "p => p.map(x => x.getAttribute('d'))"
    )
    assert len(set(marks)) == 2


def test_the_whole_row_of_a_subpage_leads_to_it(visitor, filled_site):
    visitor.goto(filled_site.url + "/oversikt-nb/")
    visitor.locator(".subpages li p").first.click(force=True)  # the link lies over it
    assert visitor.url == filled_site.url + "/alt-nb/"
    visitor.locator(".back-link a").click()
    assert visitor.url == filled_site.url + "/oversikt-nb/"
