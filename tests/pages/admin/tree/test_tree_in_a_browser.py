"""An editor puts pages in order by dragging, with the keyboard, and without JavaScript, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.following import follow
from tests.pages.admin.page.test_editing_in_a_browser import public

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("admin-tree-browser")]


def titles(window):
    return window.locator(".tree-row__title").all_inner_texts()


def drag(window, title, other, share):
    """Drag a row by its handle to a place in another row, `share` of its height from the top."""
    window.locator(".tree-row", has_text=title).locator(".tree-handle").hover()
    window.mouse.down()
    row = window.locator(".tree-row", has=window.get_by_role("link", name=other, exact=True)).bounding_box()
    for step in (0.9, 1):  # the first movement tells where the second one goes
        window.mouse.move(row["x"] + 200, row["y"] + row["height"] * share * step)
    spoken = window.locator("[data-announcement]").text_content()
    with window.expect_navigation():
        window.mouse.up()
    return spoken


def message(window):
    return window.locator(".messagelist").inner_text()


def test_an_editor_orders_pages_by_dragging_with_the_keyboard_and_without_scripts(
    staff_window, site_server, judged
):
    window = staff_window()
    window.goto(f"{site_server.url}/admin/pages/page/")
    follow(window.get_by_role("link", name="Rekkefølge og meny"))
    follow(window.get_by_role("link", name="sider under", exact=False).first)
    section, (first, second, third) = window.locator("[aria-current=page]").inner_text(), titles(window)[:3]

    # by dragging: between two pages, then onto one
    assert drag(window, third, first, 0.1) == f"Slipp for å legge «{third}» før «{first}»."
    assert titles(window)[:3] == [third, first, second]
    assert message(window).startswith(f"«{third}» står nå først.")
    window.locator("[data-announcement]", has_text="står nå først").wait_for(state="attached")  # said aloud
    assert drag(window, third, second, 0.5) == f"Slipp for å legge «{third}» under «{second}»."
    assert titles(window) == [third]
    assert message(window).startswith(f"«{third}» ligger nå under «{second}».")

    # with the keyboard: back to the section, and up
    follow(window.get_by_role("link", name="Flytt til … "), "Enter")
    window.get_by_role("radio", name=section, exact=True).press("Space")
    follow(window.get_by_role("button", name="Flytt siden"), "Enter")
    expect(window.locator(f"[data-title='{third}']")).to_be_focused()
    assert titles(window)[-1] == third
    window.keyboard.press("Tab")
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.textContent").startswith("↑ Opp")
    with window.expect_navigation():
        window.keyboard.press("Enter")
    assert titles(window)[-2] == third
    expect(window.locator(f"[data-title='{third}']")).to_be_focused()

    # Escape lets go of a row, once the page has said what the last move did
    window.locator("[data-announcement]:not(:empty)").wait_for(state="attached")
    window.locator(".tree-row").first.locator(".tree-handle").hover()
    window.mouse.down()
    window.mouse.move(400, 700)
    window.keyboard.press("Escape")
    window.mouse.up()
    assert window.locator("[data-announcement]").text_content() == "Ingenting ble flyttet."
    assert window.locator(".tree-row--dragged").count() == 0
    assert judged(window) == []
    follow(window.get_by_role("link", name="Flytt til … ").first, "Enter")
    assert judged(window) == []

    # without JavaScript, and what visitors see of it
    plain = staff_window(scripts=False)
    plain.goto(f"{site_server.url}/admin/pages/page/tree/?q={third}")
    follow(plain.get_by_role("link", name=third).first)
    row = plain.locator(".tree-row", has_text=third)
    follow(row.get_by_role("button", name="I menyen"))
    assert message(plain).startswith(f"«{third}» står i menyen.")
    assert plain.locator(".tree-handle").count() == 0
    page_in_menu = plain.locator(".tree-menu[lang=nb] a").all_inner_texts()[-1]
    assert page_in_menu in public(site_server, "/sok/").decode().split("<main", 1)[0]
    follow(row.get_by_role("button", name="I menyen"))
    follow(row.get_by_role("button", name="Opp"))
    assert titles(plain)[-3] == third
    assert plain.faults == []
