"""An editor looks at what is not saved, shares what is, and withdraws it again, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.conftest import visiting
from tests.following import follow
from tests.pages.admin.conftest import watch
from tests.pages.admin.page.test_editing_in_a_browser import open_page, public, submit

pytestmark = [pytest.mark.browser, pytest.mark.proof("editors"), pytest.mark.xdist_group("admin-preview-browser")]
BODY = ".field-body_nb .ProseMirror"


def preview(window):
    with window.context.expect_page() as opened:
        window.locator("input[name=_preview]").press("Enter")
    shell = watch(opened.value)
    shell.wait_for_load_state()
    return shell, shell.frame_locator("iframe")


def test_from_the_unsaved_form_to_a_colleague_and_back(staff_window, site_server, chromium, judged):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    live = window.get_attribute(".page-state a", "href")
    before = public(site_server, live)
    window.locator(BODY).first.focus()
    window.keyboard.press("Control+Home")
    window.keyboard.type("Uferdig setning. ")

    shell, page = preview(window)
    page.get_by_role("heading", name="Uferdig setning.").wait_for()
    assert page.locator("html").evaluate("() => innerWidth") == 360
    assert page.locator(".call-bar").is_visible()
    page.locator(".contents-list a").last.press("Enter")  # a place in the page: the frame stays
    expect(page.locator("html")).not_to_have_js_property("scrollTop", 0)
    assert judged(shell) == []
    shell.set_viewport_size({"width": 1280, "height": 900})
    follow(shell.get_by_role("link", name="PC"), "Enter")
    page.locator(".menu-wide").wait_for()
    assert page.locator("html").evaluate("() => innerWidth") >= 1200
    follow(shell.get_by_role("link", name="Engelsk"), "Enter")
    page.locator("html[lang=en]").wait_for()
    with shell.expect_navigation():
        page.locator(".acute-line [hreflang=nn]").press("Enter")
    assert shell.url.endswith("/nn/")
    assert shell.locator("iframe").count() == 1
    shell.close()

    assert window.locator(BODY).first.inner_text().startswith("Uferdig setning.")
    assert public(site_server, live) == before
    submit(window, "_continue")
    follow(window.get_by_role("link", name="Forhåndsvis og del det som sist ble lagret"), "Enter")
    follow(window.get_by_role("button", name="Lag delbar lenke"), "Enter")
    link = window.get_by_label("Lenken. Kopier den nå").input_value()
    assert judged(window) == []
    with visiting(chromium) as colleague:
        colleague.goto(link)
        assert colleague.get_by_role("heading", name="Uferdig setning.").is_visible()
        assert colleague.get_by_text("Dette er et utkast, og ikke publisert.").is_visible()
        assert judged(colleague) == []
        assert colleague.context.cookies() == []
        follow(colleague.get_by_role("link", name="English").first, "Enter")
        assert colleague.locator("html").get_attribute("lang") == "en"
        follow(window.get_by_role("button", name="Trekk tilbake"), "Enter")
        assert window.locator("strong", has_text="Trukket tilbake").is_visible()
        colleague.goto(link)
        assert colleague.status == 404
        assert "Uferdig setning." not in colleague.content()
        assert colleague.hosts == {site_server.url.split("//")[1]}
    assert public(site_server, live) == before
