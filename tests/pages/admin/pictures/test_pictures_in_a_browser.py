"""From an editor's file to a visitor's screen, in a real browser with the strict policy in force."""

import pytest

from tests.following import follow
from tests.pages.admin.page.test_editing_in_a_browser import choose, open_page, submit
from tests.picture_files import as_file, drawn

pytestmark = [pytest.mark.browser, pytest.mark.proof("editors"), pytest.mark.xdist_group("pictures-browser")]
SHIFTS = """() => new Promise(done => {
    let sum = 0
    new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value }))
        .observe({type: 'layout-shift', buffered: true})
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)))
})"""


def upload(window, site, name):
    window.goto(f"{site.url}/admin/pages/picture/add/")
    photo = {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": as_file(drawn(900, 450)).getvalue()}
    window.set_input_files("#id_file", photo)
    window.fill("#id_name", name)
    window.check("#id_consent")
    follow(window.locator("#picture_form [type=submit]"), "Enter")


def marker(window):
    box = window.locator(".focal-point__marker").bounding_box()
    whole = window.locator("[data-focal-point]").bounding_box()
    return [
        round(100 * (box[a] + box[b] / 2 - whole[a]) / whole[b]) for a, b in (("x", "width"), ("y", "height"))
    ]  # fmt: skip


def test_the_library_has_no_fault_and_fits(staff_window, site_server, judged):
    window, found = staff_window(width=360, scheme="dark"), {}
    upload(window, site_server, "Et bilde")
    for address in (
        window.url,
        f"{site_server.url}/admin/pages/picture/",
        f"{site_server.url}/admin/pages/picture/add/",
    ):
        window.goto(address)
        found[address] = judged(window)
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_the_focal_point_is_set_by_click_by_numbers_and_without_scripts(staff_window, site_server):
    window = staff_window()
    upload(window, site_server, "Tunet")
    box = window.locator("[data-focal-point]").bounding_box()
    window.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.9)
    assert [window.input_value("#id_left"), window.input_value("#id_top")] == ["20", "90"]
    assert marker(window) == pytest.approx([20, 90], abs=1)
    window.fill("#id_left", "70")
    assert marker(window)[0] == pytest.approx(70, abs=1)
    address = window.url
    # The page reports a file that is too large before it is sent.
    window.goto(f"{site_server.url}/admin/pages/picture/add/")
    window.evaluate("document.getElementById('id_file').dataset.largest = 100")
    window.set_input_files("#id_file", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 101})
    assert "20 MB" in window.evaluate("document.getElementById('id_file').validationMessage")
    assert window.faults == []
    bare = staff_window(scripts=False)
    bare.goto(address)
    bare.fill("#id_left", "0")
    follow(bare.locator("#picture_form [type=submit]"), "Enter")
    assert "landscape-0-0-" in bare.locator(".focal-point figure img").last.get_attribute("src")


def test_a_picture_chosen_in_a_page_reaches_a_visitor_in_the_lightest_format_without_a_jump(
    staff_window, site_server, visitor, judged
):
    window = staff_window()
    upload(window, site_server, "Tunet")
    open_page(window, site_server, "Slik foregår avrusning")
    live = window.get_attribute(".page-state a", "href")
    choose(window, "all")
    window.locator("[data-add-block=pages_figureblock_set]").press("Enter")
    block = window.locator(".order-machine .inline-related:not(.has_original):not(.empty-form)").last
    pictures = block.locator("select[name$=picture]")
    pictures.select_option(index=1)
    assert (
        block.locator("img.picture-choice").evaluate("image => image.decode().then(() => image.naturalWidth)")
        == 400
    )
    for language in ("nb", "nn", "en"):
        block.locator(f"textarea[name$=alt_{language}]").fill(f"Et tun ({language})")
    submit(window, "_publish")
    assert window.faults == []

    visitor.set_viewport_size({"width": 320, "height": 640})
    visitor.goto(site_server.url + live)
    image = visitor.get_by_alt_text("Et tun (nb)")
    image.scroll_into_view_if_needed()
    assert image.evaluate("image => image.decode().then(() => image.currentSrc)").endswith("-400.avif")
    assert visitor.evaluate(SHIFTS) == 0
    assert visitor.evaluate("document.documentElement.scrollWidth") == 320
    assert visitor.hosts == {site_server.url.removeprefix("http://")}
    assert judged(visitor) == []
