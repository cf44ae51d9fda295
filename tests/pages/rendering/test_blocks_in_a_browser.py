"""Blocks in a real browser: what only it shows. Every kind of page is looked at in tests/journeys."""

import pytest

from tests.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("blocks-browser")]
SCROLLED = """region => new Promise(done => {
    const look = () => region.scrollLeft > 0 ? done(true) : requestAnimationFrame(look)
    look()
})"""


def test_a_wide_table_scrolls_inside_its_own_region_with_the_arrow_keys(visitor, every_kind_site):
    visitor.set_viewport_size({"width": 320, "height": 700})
    visitor.goto(every_kind_site.url + "/alt-nb/")
    region = visitor.get_by_role("region", name="Dagsplan (nb)")
    assert region.evaluate("r => r.scrollWidth > r.clientWidth")
    region.focus()
    visitor.keyboard.press("ArrowRight")
    assert region.evaluate(SCROLLED)


def test_do_and_do_not_are_told_apart_by_words_and_marks_and_not_by_colour_alone(visitor, every_kind_site):
    visitor.emulate_media(forced_colors="active")
    visitor.goto(every_kind_site.url + "/en/alt-en/")
    assert visitor.locator(".do-dont__card").locator("h2, h3").all_inner_texts() == ["Do", "Avoid this"]
    marks = visitor.locator(".do-dont__card li:first-of-type path").evaluate_all(
        "p => p.map(x => x.getAttribute('d'))"
    )
    assert len(set(marks)) == 2


def test_the_whole_row_of_a_subpage_leads_to_it(visitor, every_kind_site):
    visitor.goto(every_kind_site.url + "/oversikt-nb/")
    follow(visitor.locator(".subpages li p").first, force=True)  # the link lies over it
    assert visitor.url == every_kind_site.url + "/alt-nb/"
    follow(visitor.locator(".back-link a"))
    assert visitor.url == every_kind_site.url + "/oversikt-nb/"
