"""Words that are not saved: leaving asks, a removed block comes back, what a save said is on the screen."""

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.following import follow
from tests.pages.admin.page.test_editing_in_a_browser import add, choose, open_page, ready

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("admin-browser")]


def test_unsaved_words_ask_before_they_are_left_and_the_message_of_a_save_is_seen(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    asked = questions_of(window)
    window.locator("#id_edition_note").fill("Rettet en trykkfeil")
    leave(window, "Sider")
    assert asked == ["beforeunload"]
    follow(window.get_by_role("button", name="Lagre utkast"))
    ready(window)
    assert asked == ["beforeunload"]
    expect(window.locator("#messages")).to_be_focused()
    box = window.locator(".messagelist li").first.bounding_box()
    assert 0 <= box["y"] <= window.viewport_size["height"] - box["height"]


def test_a_new_block_that_was_removed_comes_back_with_its_words(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    choose(window, "nb")
    block = add(window, "quoteblock")
    words = block.locator("textarea[name$=text_nb]")
    words.fill("Et sitat")
    block.locator(".inline-deletelink").click()
    words.wait_for(state="hidden")
    window.keyboard.press("Enter")  # the focus is on the button that brings it back
    assert words.is_visible()
    assert words.input_value() == "Et sitat"
    assert block.locator("[name$=-DELETE]").count() == 0


@pytest.mark.proof("editors")
def test_a_block_that_was_only_moved_asks_before_it_is_left(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    asked = questions_of(window)
    window.locator(".inline-related:not(.empty-form) [data-move-block=down]").first.click()
    leave(window, "Sider")
    assert asked == ["beforeunload"]


@pytest.mark.proof("editors")
def test_words_that_come_back_after_a_login_ask_until_they_are_saved(staff_window, site_server):
    window = staff_window("ragna")
    open_page(window, site_server, "Slik foregår avrusning")
    window.locator("#id_edition_note").fill("Rettet en trykkfeil")
    window.context.clear_cookies()
    follow(window.get_by_role("button", name="Lagre utkast"))
    window.locator("#id_username").fill("ragna")
    window.locator("#id_password").fill(PASSWORD)
    follow(window.get_by_role("button", name="Logg inn"))
    asked = questions_of(window)
    leave(window, "Kast det")
    assert asked == ["beforeunload"]
    follow(window.get_by_role("button", name="Skriv videre"))
    ready(window)
    assert window.locator("[data-unsaved]").is_visible()
    leave(window, "Sider")
    assert asked == ["beforeunload"] * 2
    follow(window.get_by_role("button", name="Lagre utkast"))
    assert window.locator("[data-unsaved]").count() == 0
    assert asked == ["beforeunload"] * 2


def test_typing_on_after_the_login_has_ended_says_so_and_offers_it_in_a_new_tab(staff_window, site_server):
    window = staff_window("ragna")
    open_page(window, site_server, "Slik foregår avrusning")
    note = window.locator("#not-answered")
    window.context.set_offline(True)
    window.locator("#id_edition_note").fill("Rettet en trykkfeil")
    note.get_by_text("Vi får ikke kontakt med nettstedet").wait_for()
    window.context.set_offline(False)
    window.context.clear_cookies()
    window.locator("#id_edition_note").fill("Rettet to trykkfeil")
    note.get_by_text("Du er logget ut").wait_for()
    box, is_there = note.bounding_box(), "(note, at) => note.contains(document.elementFromPoint(...at))"
    for y in (box["y"] + 4, box["y"] + box["height"] - 4):
        assert note.evaluate(is_there, [box["x"] + 20, y])
    with window.context.expect_page() as opened:
        note.get_by_role("link", name="Logg inn").click()
    opened.value.locator("#id_password").wait_for()
    assert window.locator("#id_edition_note").input_value() == "Rettet to trykkfeil"


def questions_of(window):
    """Return the list of what the browser asks; the editor answers that she stays."""
    asked = []
    window.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    return asked


def leave(window, link):
    """Press a link of which the browser asks whether the editor wants to leave."""
    with window.expect_event("dialog"):
        window.get_by_role("link", name=link).first.click()
