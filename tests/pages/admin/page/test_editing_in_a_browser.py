"""Editing in a real browser: language, blocks, rich text, saving, with the strict policy in force."""

import urllib.request

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("admin-browser")]

NEW_BLOCK = ".order-machine .inline-related:not(.has_original):not(.empty-form)"
PLACE = """block => [...document.querySelectorAll('.order-machine .inline-related:not(.empty-form)')]
    .sort((a, b) => a.style.order - b.style.order).indexOf(block)"""
FROM_WORD = """<html><head><style>p.MsoNormal{margin:0}</style></head><body>
<h1 class=MsoTitle style='color:#2F5496'>Første dag</h1>
<p class=MsoNormal style='margin:0cm'><b>Ring</b> <span style='font-weight:700'>oss</span><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>En</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>To</p>
</body></html>"""


def public(site, path):
    return urllib.request.urlopen(f"{site.url}{path}").read()


def open_page(window, site, title):
    window.goto(f"{site.url}/admin/pages/page/")
    window.get_by_role("link", name=title).click()
    ready(window)


def ready(window):
    window.wait_for_selector(".add-block:not([hidden])")
    window.wait_for_selector(".prose-menubar[role=toolbar]", state="attached")


def choose(window, language):
    """Walk the radio buttons with the arrow keys until the language is chosen."""
    window.focus("[data-language]:checked")
    for _press in range(4):
        if window.eval_on_selector("[data-language]:checked", "radio => radio.value") == language:
            return
        window.keyboard.press("ArrowRight")
    raise AssertionError(f"{language} cannot be reached with the keyboard")


def copy(window, site, html):
    """Copy from another window, as from a program: the browser looks for styles in what a page writes itself."""
    other = window.context.new_page()
    other.goto(f"{site.url}/")
    other.bring_to_front()
    other.evaluate(
        """async html => navigator.clipboard.write([new ClipboardItem({
            'text/html': new Blob([html], {type: 'text/html'}),
            'text/plain': new Blob(['x'], {type: 'text/plain'}),
        })])""",
        html,
    )
    other.close()


def add_text(window):
    window.get_by_role("button", name="Tekst", exact=True).or_(
        window.locator("[data-add-block*=textblock]")
    ).last.press("Enter")
    block = window.locator(NEW_BLOCK).last
    block.locator(".prose-menubar[role=toolbar]").first.wait_for(state="attached")
    return block


def shown_rows(block):
    return {row.rsplit("_", 1)[-1] for row in block.evaluate(
        "b => [...b.querySelectorAll('.form-row[class*=body]')].filter(r => r.offsetParent).map(r => r.className)"
    )}  # fmt: skip


def submit(window, name):
    with window.expect_navigation():
        window.locator(f"input[name={name}]").press("Enter")
    ready(window)


def test_an_editor_changes_a_page_and_publishes_it_with_the_keyboard(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    live = window.get_attribute(".page-state a", "href")
    before, before_nn = public(site_server, live), public(site_server, "/nn/")

    block = add_text(window)
    choose(window, "nn")
    assert shown_rows(block) == {"nn"}
    block.locator(".field-body_nn .ProseMirror").focus()
    window.keyboard.type("Skrive på nynorsk")
    choose(window, "nb")
    assert shown_rows(block) == {"nb"}
    block.locator(".field-body_nb .ProseMirror").focus()
    window.keyboard.type("Skrevet ")
    window.keyboard.press("Control+b")
    window.keyboard.type("på bokmål")

    submit(window, "_continue")
    assert public(site_server, live) == before
    submit(window, "_publish")
    assert "Skrevet <strong>på bokmål</strong>" in public(site_server, live).decode()
    assert public(site_server, "/nn/") == before_nn
    assert window.faults == []


def test_the_chosen_language_is_still_chosen_after_saving(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    choose(window, "en")
    submit(window, "_continue")
    assert window.eval_on_selector("[data-language]:checked", "radio => radio.value") == "en"


def test_without_javascript_every_language_is_visible_and_can_be_saved(staff_window, site_server):
    window = staff_window(scripts=False)
    window.goto(f"{site_server.url}/admin/pages/page/")
    window.get_by_role("link", name="Slik foregår avrusning").click()
    for language in ("nb", "nn", "en"):
        assert window.locator(f"#id_title_{language}").is_visible()
    window.locator("input[name=_continue]").click()
    assert window.locator(".messagelist .success").count() == 1


def test_an_error_in_a_hidden_language_is_shown_and_has_the_focus(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    window.locator("summary", has_text="Plassering og adresse").press("Enter")
    choose(window, "nn")
    window.fill("#id_slug_nn", "admin")
    choose(window, "nb")
    submit(window, "_continue")
    window.locator("#id_slug_nn:focus").wait_for()
    assert window.locator("#id_slug_nn").is_visible()
    assert window.locator(".language-switch__choice--wrong").count() == 1
    assert window.faults == []


def test_text_pasted_from_a_word_processor_is_semantic_in_the_editor_already(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    block = add_text(window)
    choose(window, "nb")
    block.locator(".field-body_nb .ProseMirror").focus()
    copy(window, site_server, FROM_WORD)
    window.bring_to_front()
    window.keyboard.press("Control+v")
    text = block.locator("textarea[name$=body_nb]")
    assert text.input_value().replace("<p></p>", "") == (
        "<h2>Første dag</h2><p><strong>Ring</strong> <strong>oss</strong></p>"
        "<ul><li><p>En</p></li><li><p>To</p></li></ul>"
    )
    assert window.faults == []


def test_a_link_is_made_by_choosing_a_page_by_its_title(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    number = window.url.split("/")[-3]
    block = add_text(window)
    choose(window, "nb")
    block.locator(".field-body_nb .ProseMirror").focus()
    window.keyboard.type("avrusning")
    window.keyboard.press("Control+a")
    window.keyboard.press("Control+k")
    dialog = window.locator("dialog.prose-editor-dialog")
    page = dialog.locator("input").first
    page.press_sequentially("foregår avrus")
    suggested = dialog.locator(f"option[value$='Slik foregår avrusning ({number})']")
    suggested.wait_for(state="attached")
    page.fill(suggested.get_attribute("value"))
    dialog.locator("button[type=submit]").press("Enter")
    assert f'<a href="page:{number}">avrusning</a>' in block.locator("textarea[name$=body_nb]").input_value()


def test_the_link_dialog_takes_known_kinds_of_addresses_only(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    choose(window, "nb")
    dialog = window.locator("dialog.prose-editor-dialog")
    taken = []
    for address in (*KNOWN, *UNKNOWN):
        block = add_text(window)
        block.locator(".field-body_nb .ProseMirror").focus()
        window.keyboard.type("her")
        window.keyboard.press("Control+a")
        window.keyboard.press("Control+k")
        dialog.locator("input").last.fill(address)
        dialog.locator("button[type=submit]").press("Enter")
        if "<a href" in block.locator("textarea[name$=body_nb]").input_value():
            taken.append(address)
        assert dialog.count() == (0 if address in taken else 1)
        window.keyboard.press("Escape")
        dialog.wait_for(state="detached")
    assert taken == KNOWN


KNOWN = ["https://helsenorge.no", "tel:116117", "mailto:a@example.org", "contact:relative"]
UNKNOWN = ["javascript:alert(1)", "helsenorge"]


def test_blocks_are_inserted_moved_and_folded_with_the_keyboard(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    window.locator(".order-machine .inline-related:not(.empty-form) .order-machine-insert-target").first.press(
        "Enter"
    )
    window.locator(".plugin-button:focus").wait_for()
    window.keyboard.press("Enter")
    new = window.locator(NEW_BLOCK).last
    assert new.evaluate(PLACE) == 0
    new.locator("[data-move-block=down]").press("Enter")
    assert new.evaluate(PLACE) == 1
    assert window.evaluate("document.activeElement.dataset.moveBlock") == "down"
    new.locator("[data-fold-block]").press("Enter")
    new.locator("fieldset").first.wait_for(state="hidden")
    assert window.faults == []


ADDRESSES = [
    "", "guide/", "password_change/", "pages/", "pages/page/", "pages/page/add/", "pages/page/1/change/",
    "pages/page/1/history/", "pages/page/1/history/redact/", "pages/page/1/words/", "pages/page/2/take-down/",
    "pages/page/2/delete/", "pages/page/deleted/", "pages/page/translations/", "pages/page/2/translate/nn/",
    "pages/notice/add/", "pages/clinic/1/change/", "pages/helpline/", "pages/helpline/1/change/",
    "pages/launchconfirmation/", "auth/user/", "auth/user/add/", "auth/user/1/change/", "auth/group/add/",
]  # fmt: skip


def test_no_page_of_the_admin_breaks_the_policy_or_asks_another_host(staff_window, site_server):
    windows = {address: staff_window("kari") for address in ADDRESSES}
    for address, window in windows.items():
        window.goto(f"{site_server.url}/admin/{address}", wait_until="commit")
    for window in windows.values():
        window.wait_for_load_state("networkidle")  # half a second of silence, which all of them wait together
    assert {address: window.faults for address, window in windows.items() if window.faults} == {}


def delete_a_page(window, site):
    open_page(window, site, "Skjul besøket ditt")
    window.goto(window.url.replace("/change/", "/delete/"))
    window.get_by_role("button", name="Slett siden").click()
    window.locator(".messagelist").wait_for()


def find_a_number(window):
    window.get_by_label("Let etter").fill("116117")
    window.get_by_label("Bytt ut med").fill("116 118")
    window.keyboard.press("Enter")
    window.locator(".replace__page, .links__line").first.wait_for()


def test_axe_finds_nothing(staff_window, visitor, site_server, axe_faults):
    found = {}
    delete_a_page(staff_window("kari"), site_server)
    for address in (
        "",
        "guide/",
        "pages/page/",
        "pages/page/2/change/",
        "pages/page/2/take-down/",
        "pages/page/deleted/",
        "pages/page/links/",
        "pages/page/translations/",
        "pages/page/tree/",
        "pages/page/replace/",
        "pages/page/replace/#found",
        "pages/notice/add/",
        "pages/launchconfirmation/",
        "login/",
    ):
        window = visitor if address == "login/" else staff_window("kari")
        window.goto(f"{site_server.url}/admin/{address}")
        if "change" in address:
            ready(window)
            add_text(window)
        if "#found" in address:
            find_a_number(window)
        for width, scheme in ((1280, "light"), (360, "dark")):
            window.set_viewport_size({"width": width, "height": 900})
            window.emulate_media(color_scheme=scheme)
            found[address, width] = axe_faults(window)
    assert {place: faults for place, faults in found.items() if faults} == {}
