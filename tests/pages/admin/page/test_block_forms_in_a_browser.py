"""New types of blocks in the form of a page, in a real browser with the strict policy in force."""

import urllib.request

import pytest
from modeltranslation.translator import translator

from pages.models import BLOCKS
from tests.pages.admin.page.test_editing_in_a_browser import NEW_BLOCK, choose, open_page, submit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("admin-blocks-browser")]


def add(window, name):
    window.locator(f"[data-add-block=pages_{name}_set]").press("Enter")
    return window.locator(NEW_BLOCK).last


def languages_shown(block):
    rows = block.locator(".form-row").evaluate_all("r => r.filter(x => x.offsetParent).map(x => x.className)")
    return {row[-2:] for row in rows if row[-3:] in ("_nb", "_nn", "_en")}


def test_a_new_step_follows_the_language_switch_and_is_published(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    address = window.get_attribute(".page-state a", "href")
    block = add(window, "stepblock")
    block.locator(".prose-menubar[role=toolbar]").first.wait_for(state="attached")
    for language, title in (("nn", "Du ringjer"), ("nb", "Du ringer")):
        choose(window, language)
        assert languages_shown(block) == {language}
        block.locator(f"input[name$=title_{language}]").fill(title)
        block.locator(f".field-body_{language} .ProseMirror").focus()
        window.keyboard.type("Vi svarer.")
    submit(window, "_publish")
    html = urllib.request.urlopen(site_server.url + address).read().decode()
    assert "Du ringer</h3>" in html
    assert "Du ringjer" not in html
    assert window.faults == []


def test_the_form_with_a_new_block_of_every_type_has_no_fault(staff_window, site_server, axe_faults):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    choose(window, "nb")
    for model in BLOCKS:
        block = add(window, model._meta.model_name)
        worded = translator.get_options_for_model(model).all_fields
        assert languages_shown(block) == ({"nb"} if worded else set()), model
    assert window.faults == []
    for width, scheme in ((1280, "light"), (360, "dark")):
        window.set_viewport_size({"width": width, "height": 900})
        window.emulate_media(color_scheme=scheme)
        assert axe_faults(window) == [], width  # last: axe tries inline styles itself
