"""An editor writes, and the panel beside the form answers without a save, a jump or a stolen focus."""

import pytest

from tests.pages.admin.page.test_editing_in_a_browser import open_page, ready

pytestmark = [pytest.mark.browser, pytest.mark.proof("editors"), pytest.mark.xdist_group("admin-browser")]
PAGE = "Slik foregår avrusning"


def test_a_word_and_a_link_are_seen_while_typing_found_in_the_text_and_gone_when_they_are_changed(
    staff_window, site_server, judged
):
    window = staff_window(width=1280)
    open_page(window, site_server, PAGE)
    status, findings = window.locator("[data-quality-status]"), window.locator(".quality__finding:visible")
    status.get_by_text("Ingenting å se på.").wait_for()

    editor = window.locator(".ProseMirror:visible").first
    editor.click()
    window.keyboard.press("Control+End")
    window.keyboard.type(" Mange narkomane har vært her.")
    status.get_by_text("1 ting å se på.").wait_for()
    assert editor.evaluate("editor => editor.contains(document.activeElement)")
    assert "narkomane" in findings.inner_text()
    assert "person med rusproblemer" in findings.inner_text()

    # The last word becomes a link that says nothing.
    window.keyboard.press("ArrowLeft")
    window.keyboard.press("Control+Shift+ArrowLeft")
    window.locator(".prose-menubar:visible").first.get_by_role("button", name="Lenke", exact=True).click()
    window.get_by_label("Eller en adresse utenfor").fill("https://helsenorge.no")
    window.keyboard.press("Enter")
    status.get_by_text("2 ting å se på.").wait_for()
    assert "Lenken sier ikke hvor den fører." in findings.first.inner_text()
    assert judged(window, part=".quality") == []

    # From the finding to the very word, also when the form shows another language.
    window.locator("[data-language=nn]").check()
    part = window.locator("[data-quality-language=nb]")
    part.locator("summary").first.press("Enter")
    part.get_by_role("link", name="Gå til").last.press("Enter")
    assert window.locator("[data-language]:checked").get_attribute("value") == "nb"
    assert window.evaluate("getSelection().toString()") == "narkomane"
    window.keyboard.type("pasienter")
    status.get_by_text("1 ting å se på.").wait_for()
    part.get_by_role("link", name="Gå til").press("Enter")
    window.keyboard.type("på nettstedet")
    status.get_by_text("Ingenting å se på.").wait_for()
    assert findings.count() == 0

    window.set_viewport_size({"width": 360, "height": 740})
    assert window.evaluate("document.documentElement.scrollWidth") <= 360
    window.reload()
    ready(window)
    assert "pasienter har vært" not in window.locator(".ProseMirror").first.inner_text()  # nothing was saved
    assert not window.locator("[data-quality-fold]").evaluate("fold => fold.open")
    assert window.faults == []
