"""Editing in a real browser: language, blocks, rich text, saving, with the strict policy in force."""

import urllib.request

import pytest

from tests import proofs, site_database
from tests.conftest import visiting
from tests.following import follow
from tests.pages.admin.conftest import watched

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
    ((number,),) = site_database.ask(site.data_dir, f"SELECT id FROM pages_page WHERE title_nb = '{title}'")
    window.goto(f"{site.url}/admin/pages/page/{number}/change/")
    ready(window)


def ready(window):
    window.wait_for_selector(".add-block:not([hidden])")
    window.wait_for_selector(".prose-menubar[role=toolbar]", state="attached")


def chosen(window):
    return window.eval_on_selector("[data-language]:checked", "radio => radio.value")


def choose(window, language):
    """Walk the radio buttons with the arrow keys until the language is chosen."""
    window.focus("[data-language]:checked")
    for _press in range(4):
        if chosen(window) == language:
            return
        window.keyboard.press("ArrowRight")
    raise AssertionError(f"{language} cannot be reached with the keyboard")


def copy(window, site, html):
    """Copy from another window, as from a program: the browser looks for styles in what a page writes itself."""
    other = window.context.new_page()
    other.goto(f"{site.url}/healthz")
    other.bring_to_front()
    other.evaluate(
        """async html => navigator.clipboard.write([new ClipboardItem({
            'text/html': new Blob([html], {type: 'text/html'}),
            'text/plain': new Blob(['x'], {type: 'text/plain'}),
        })])""",
        html,
    )
    other.close()


def add(window, name):
    """Add a block; return the very one, whichever come after it."""
    window.locator(f"[data-add-block=pages_{name}_set]").press("Enter")
    return window.locator(f"[id='{window.locator(NEW_BLOCK).last.get_attribute('id')}']")


def add_text(window, name="textblock"):
    block = add(window, name)
    block.locator(".prose-menubar[role=toolbar]").first.wait_for(state="attached")
    return block


def languages_shown(block):
    rows = block.locator(".form-row").evaluate_all("r => r.filter(x => x.offsetParent).map(x => x.className)")
    return {row[-2:] for row in rows if row[-3:] in ("_nb", "_nn", "_en")}


def submit(window, name):
    follow(window.locator(f"input[name={name}]"), "Enter")
    ready(window)


def test_an_editor_changes_a_page_and_publishes_it_with_the_keyboard(staff_window, site_server):
    window = staff_window()
    open_page(window, site_server, "Slik foregår avrusning")
    live = window.get_attribute(".page-state a", "href")
    before, before_nn = public(site_server, live), public(site_server, "/nn/")

    block, step = add_text(window), add_text(window, "stepblock")
    choose(window, "nb")
    assert languages_shown(block) == {"nb"}
    block.locator(".field-body_nb .ProseMirror").focus()
    window.keyboard.type("Skrevet ")
    window.keyboard.press("Control+b")
    window.keyboard.type("på bokmål")
    step.locator("input[name$=title_nb]").fill("Du ringer")
    step.locator(".field-body_nb .ProseMirror").focus()
    window.keyboard.type("Vi svarer.")
    choose(window, "nn")
    assert languages_shown(block) == languages_shown(step) == {"nn"}
    block.locator(".field-body_nn .ProseMirror").focus()
    window.keyboard.type("Skrive på nynorsk")
    step.locator("input[name$=title_nn]").fill("Du ringjer")
    step.locator(".field-body_nn .ProseMirror").focus()
    window.keyboard.type("Vi svarer.")

    submit(window, "_continue")
    assert public(site_server, live) == before
    assert chosen(window) == "nn"  # still, after saving
    submit(window, "_publish")
    html = public(site_server, live).decode()
    assert "Skrevet <strong>på bokmål</strong>" in html
    assert "Du ringer</h3>" in html
    assert "Du ringjer" not in html
    assert public(site_server, "/nn/") == before_nn
    assert window.faults == []


def test_without_javascript_every_language_is_visible_and_can_be_saved(staff_window, site_server):
    window = staff_window(scripts=False)
    window.goto(f"{site_server.url}/admin/pages/page/2/change/")
    for language in ("nb", "nn", "en"):
        assert window.locator(f"#id_title_{language}").is_visible()
    follow(window.locator("input[name=_continue]"))
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


@pytest.fixture(scope="module")
def form(logged_in, site_server):
    """A form that no test saves: each writes in blocks that it adds."""
    window = watched(logged_in("astrid", scripts=True))
    window.set_viewport_size({"width": 1280, "height": 900})
    open_page(window, site_server, "Slik foregår avrusning")
    choose(window, "nb")
    yield window
    window.close()


def start_link(window, block):
    """Write in a text and begin a link on it; return the dialog."""
    block.locator(".field-body_nb .ProseMirror").focus()
    window.keyboard.press("Control+a")
    window.keyboard.type("avrusning")
    window.keyboard.press("Control+a")
    window.keyboard.press("Control+k")
    return window.locator("dialog.prose-editor-dialog")


def test_text_pasted_from_a_word_processor_is_semantic_in_the_editor_already(form, site_server):
    block = add_text(form)
    copy(form, site_server, FROM_WORD)
    form.bring_to_front()
    block.locator(".field-body_nb .ProseMirror").focus()
    form.keyboard.press("Control+v")
    text = block.locator("textarea[name$=body_nb]")
    assert text.input_value().replace("<p></p>", "") == (
        "<h2>Første dag</h2><p><strong>Ring</strong> <strong>oss</strong></p>"
        "<ul><li><p>En</p></li><li><p>To</p></li></ul>"
    )
    assert form.faults == []


# Of a colleague's document: tracked changes, a comment, levels and numbers, a table.
REVIEWED = """<p class=MsoNormal>Vi svarer <s><del cite="m:K">innen 24 timer</del></s><ins>så fort vi kan</ins>
<span style='text-decoration:line-through'>Kari</span><span class=MsoCommentReference><a class=msocomanchor
href="#_msocom_1">[KN1]</a></span>.</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>i.</span>Ring</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>·</span>113</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>ii.</span>Vent</p>
<p>Så&nbsp;ring&nbsp;oss: 116&nbsp;117</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>iii.</span>Kom</p>
<div class="ListContainerWrapper"><ol start="1"><li>En</li></ol></div>
<div class="ListContainerWrapper"><ol start="2"><li>To</li></ol></div>
<table><tr><td><p>Lørdag</p></td><td>12–16</td></tr></table>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p>Husk Per</p></div></div>"""


def test_what_only_a_colleague_was_to_see_is_not_pasted_and_lists_and_tables_keep_their_meaning(form, site_server):
    block = add_text(form)
    copy(form, site_server, REVIEWED)
    form.bring_to_front()
    block.locator(".field-body_nb .ProseMirror").focus()
    form.keyboard.press("Control+v")
    assert block.locator("textarea[name$=body_nb]").input_value().replace("<p></p>", "") == (
        "<p>Vi svarer så fort vi kan .</p>"
        "<ol><li><p>Ring</p><ul><li><p>113</p></li></ul></li><li><p>Vent</p></li></ol>"
        "<p>Så ring oss: 116&nbsp;117</p>"
        '<ol start="3"><li><p>Kom</p></li></ol><ol><li><p>En</p></li><li><p>To</p></li></ol>'
        "<p>Lørdag | 12–16</p>"
    )
    note = block.locator(".field-body_nb [role=status]").inner_text()
    assert [word in note for word in ("Slettede", "Kommentarer", "|", "romertall")] == [True] * 4, note
    assert "Per" not in note
    assert form.faults == []


# Of mails and documents: a link as a field, through Outlook or Google, into the document; a list without marks.
LINKED = """<p><!--[if supportFields]><span style='mso-element:field-begin'></span> HYPERLINK
&quot;https://helsenorge.no/&quot; <span style='mso-element:field-separator'></span><![endif]-->Helsenorge<!--[if
supportFields]><span style='mso-element:field-end'></span><![endif]--> svarer.</p>
<p><a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Frusinfo.no%2Fom&amp;data=kari">RUSinfo</a>,
<a href="https://www.google.com/url?q=https://aa.no/&amp;sa=D">AA</a>, <a href="mailto:post@example.org">mail</a>,
<a href="www.nav.no">NAV</a>, <a href="file:///C:/plan.docx">planen</a> og <a href="#_Toc1">kapitlet</a>.</p>
<p class=MsoListParagraph>1.&nbsp;&nbsp; Ring</p><p class=MsoListParagraph><b>2.</b> &nbsp;Kom</p>
<p class=MsoListParagraph>·&nbsp;&nbsp; Ta med klær</p>"""


def test_pasted_links_keep_their_address_and_a_list_without_marks_has_no_number_in_its_text(form):
    block = add_text(form)
    # Not through the clipboard: a browser takes comments out of what a page writes there, and Word's stay in.
    block.locator(".field-body_nb .ProseMirror").evaluate(
        """(text, html) => {
            const clipboardData = new DataTransfer()
            clipboardData.setData("text/html", html)
            text.focus()
            text.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
        }""",
        LINKED,
    )
    assert block.locator("textarea[name$=body_nb]").input_value().replace("<p></p>", "") == (
        '<p><a href="https://helsenorge.no/">Helsenorge</a> svarer.</p>'
        '<p><a href="https://rusinfo.no/om">RUSinfo</a>, <a href="https://aa.no/">AA</a>, '
        '<a href="mailto:post@example.org">mail</a>, <a href="https://www.nav.no">NAV</a>, planen og kapitlet.</p>'
        "<ol><li><p>Ring</p></li><li><p>Kom</p></li></ol><ul><li><p>Ta med klær</p></li></ul>"
    )
    note = block.locator(".field-body_nb [role=status]").inner_text()
    assert "Lenker" in note
    assert form.faults == []


def test_no_break_spaces_pasted_into_a_plain_field_become_ordinary_but_beside_digits(form):
    lead = form.locator("#id_lead_nb")
    lead.fill("Vi\u00a0hjelper\u00a0deg. Ring\u00a0116\u00a0117")
    lead.blur()
    assert lead.input_value() == "Vi hjelper deg. Ring\u00a0116\u00a0117"


def test_a_link_is_made_by_choosing_a_page_by_its_title(form):
    number = form.url.split("/")[-3]
    block = add_text(form)
    dialog = start_link(form, block)
    page = dialog.locator("input").first
    page.press_sequentially("foregår avrus")
    suggested = dialog.locator(f"option[value$='Slik foregår avrusning ({number})']")
    suggested.wait_for(state="attached")
    page.fill(suggested.get_attribute("value"))
    dialog.locator("button[type=submit]").press("Enter")
    assert f'<a href="page:{number}">avrusning</a>' in block.locator("textarea[name$=body_nb]").input_value()


KNOWN = ["https://helsenorge.no", "contact:relative"]
UNKNOWN = ["javascript:alert(1)", "tel:ring oss"]
if "editors" in proofs.WANTED:
    KNOWN += ["tel:116117", "mailto:a@example.org"]
    UNKNOWN += ["helsenorge", "https:/helsenorge.no", "mailto:", "Page:12"]


def test_the_link_dialog_takes_known_kinds_of_addresses_only(form):
    block = add_text(form)
    taken = []
    for address in (*KNOWN, *UNKNOWN):
        dialog = start_link(form, block)
        dialog.locator("input").last.fill(address)
        dialog.locator("button[type=submit]").press("Enter")
        if "<a href" in block.locator("textarea[name$=body_nb]").input_value():
            taken.append(address)
        assert dialog.count() == (0 if address in taken else 1)
        form.keyboard.press("Escape")
        dialog.wait_for(state="detached")
    assert taken == KNOWN


def test_blocks_are_inserted_moved_and_folded_with_the_keyboard(form):
    form.locator(".order-machine .inline-related:not(.empty-form) .order-machine-insert-target").first.press(
        "Enter"
    )
    form.locator(".plugin-button:focus").wait_for()
    form.keyboard.press("Enter")
    new = form.locator(NEW_BLOCK).last
    assert new.evaluate(PLACE) == 0
    new.locator("[data-move-block=down]").press("Enter")
    assert new.evaluate(PLACE) == 1
    assert form.evaluate("document.activeElement.dataset.moveBlock") == "down"
    new.locator("[data-fold-block]").press("Enter")
    new.locator("fieldset").first.wait_for(state="hidden")
    assert form.faults == []


@pytest.mark.parametrize(
    ("name", "field"), [("textblock", "textarea[name$=body_nb]"), ("stepblock", "input[name$=title_nb]")]
)
def test_what_is_typed_after_adding_a_block_is_written_in_it(form, name, field):
    before = form.locator(NEW_BLOCK).count()
    form.locator(f"[data-add-block=pages_{name}_set]").click()
    form.locator(f"{NEW_BLOCK} :focus").wait_for(timeout=5_000)
    form.keyboard.type("Vi er her")
    assert "Vi er her" in form.locator(f"{NEW_BLOCK}:has(:focus) {field}").input_value()
    assert form.locator(NEW_BLOCK).count() == before + 1


@pytest.mark.proof("editors")
def test_what_is_typed_after_adding_the_first_text_of_a_new_page_is_written_in_it(staff_window, site_server):
    window = staff_window()
    window.goto(f"{site_server.url}/admin/pages/page/add/")
    window.wait_for_selector(".add-block:not([hidden])")
    window.locator("[data-add-block=pages_textblock_set]").click()
    window.locator(f"{NEW_BLOCK} .ProseMirror:focus").wait_for(timeout=20_000)  # the editor is fetched first
    window.keyboard.type("Vi er her")
    assert "Vi er her" in window.locator(f"{NEW_BLOCK} textarea[name$=body_nb]").input_value()


# The pages of the admin, those with most scripts always. Axe reads those whose state no other test shows it.
LOOKED_AT = [
    "", "guide/", "pages/page/", "pages/page/2/take-down/", "pages/page/deleted/", "pages/page/links/",
    "pages/page/translations/", "pages/page/tree/", "pages/page/replace/", "pages/notice/add/",
    "pages/launchconfirmation/", "auth/user/1/password/", "login/forgotten/",
]  # fmt: skip
ADDRESSES = [
    "pages/page/1/change/", "pages/page/2/translate/nn/", "pages/helpline/", "auth/user/1/change/",
]  # fmt: skip
if "editors" in proofs.WANTED:
    ADDRESSES += [
        "password_change/", "pages/page/add/", "pages/page/1/history/", "pages/page/1/history/redact/",
        "pages/page/1/words/", "pages/page/2/delete/", "pages/clinic/1/change/", "pages/helpline/1/change/",
        "auth/user/", "auth/user/add/", "auth/group/add/",
    ]  # fmt: skip


def delete_a_page(window, site):
    window.goto(f"{site.url}/admin/pages/page/14/delete/")
    follow(window.get_by_role("button", name="Slett siden"))


def find_a_number(window):
    window.get_by_label("Let etter").fill("116117")
    window.get_by_label("Bytt ut med").fill("116 118")
    follow(window.get_by_label("Bytt ut med"), "Enter")
    window.locator(".replace__page, .links__line").first.wait_for()


def seen(window, address):
    """Open a page of the admin and wait until its scripts have run, also those that ask for more."""
    window.goto(address)
    if address.endswith("/change/") and "/pages/page/" in address:
        ready(window)
        window.locator("[data-quality-status]:not(:empty)").wait_for()


def test_no_page_of_the_admin_breaks_the_policy_or_asks_another_host(staff_window, site_server):
    window = staff_window("kari")
    found = {}
    for address in ADDRESSES:
        seen(window, f"{site_server.url}/admin/{address}")
        found[address], window.faults = window.faults, []
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.proof("editors")
def test_the_pages_that_axe_reads_keep_the_policy_and_have_no_fault(staff_window, chromium, site_server, judged):
    window = staff_window("kari")
    delete_a_page(window, site_server)
    found = {}
    for address in LOOKED_AT:
        seen(window, f"{site_server.url}/admin/{address}")
        found[address] = judged(window)
    window.goto(f"{site_server.url}/admin/pages/page/replace/")
    find_a_number(window)
    found["replace, found"] = judged(window)
    with visiting(chromium) as visitor:
        visitor.goto(f"{site_server.url}/admin/login/")
        found["login"] = judged(visitor)
    assert {address: faults for address, faults in found.items() if faults} == {}
