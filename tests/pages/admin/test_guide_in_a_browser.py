"""The guide is enough: an editor who acts only through the labels that it quotes gets everything done.

GUIDE_PICTURES=1 also takes the pictures of the guide anew; they are committed with it.
"""

import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from django.utils import timezone

from mestring.staff.guide import DOCS, PICTURES
from tests.conftest import PASSWORD, ROOT
from tests.pages.admin.guided_editor import GuidedEditor, NotInTheGuide

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("guide-browser")]
TITLE, NEW_TITLE, COMING_TITLE = "Mennesker du møter", "Menneskene som tar imot deg", "Nye mennesker tar imot deg"
NOTE = "Enklere tittel og ingress"
CONSENT = "Vi har lov til å bruke dette bildet, og alle som kan kjennes igjen på det, har sagt ja skriftlig."
LONG = (
    "Her forteller vi hva som skjer fra du kommer om morgenen, hvem som tar imot deg, hva du skal gjøre de første "
    "timene, og hvordan vi følger med på deg gjennom natten og dagene etter, slik at alle blir friske."
)


def public(site, path):
    """Return the address visitors end at, and what they read there; (code, "") where there is nothing."""
    try:
        with urllib.request.urlopen(f"{site.url}{path}") as answer:
            return answer.url.removeprefix(site.url), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def at(**ahead):
    return f"{timezone.localtime() + timedelta(**ahead):%Y-%m-%dT08:00}"


@pytest.fixture
def editor(chromium, site_server):
    editor = GuidedEditor(chromium, f"{site_server.url}/admin/")
    yield editor
    editor.context.close()


def said(editor):
    return editor.window.locator(".messagelist").inner_text()


def title(editor):
    return editor.window.locator("#id_title_nb").input_value()


def open_page(editor, name):
    editor.press("Sider")
    editor.choose("Sider", name)


def test_an_editor_with_nothing_but_the_guide_gets_everything_done(editor, site_server):
    with pytest.raises(NotInTheGuide):
        editor.press("Toggle theme")
    editor.fill("Brukernavn", "astrid")
    editor.fill("Passord", PASSWORD)
    editor.press("Logg inn")

    # edit, save a draft
    open_page(editor, TITLE)
    live = editor.window.get_by_role("link", name="Vis på nettstedet (ny fane)").first.get_attribute("href")
    before = public(site_server, live)
    editor.choose("Språk i skjemaet", "Bokmål")
    editor.fill("Tittel", NEW_TITLE)
    editor.fill("Ingress", LONG)
    editor.window.locator(".quality__finding").first.wait_for(state="attached")
    editor.photograph("text-check", ".quality", height=520)
    editor.fill("Ingress", "Dette er menneskene du møter fra første dag.")
    editor.fill("Hva har du endret? (frivillig)", NOTE)
    editor.press("Lagre utkast")
    assert public(site_server, live) == before
    editor.photograph("top-of-form", ".page-state", ".language-switch")
    editor.photograph("save-buttons", ".publish-later", ".submit-row")

    # preview, and share
    editor.press("Forhåndsvis (ny fane)")
    editor.choose("Bredde", "Telefon")
    assert editor.window.frame_locator("iframe").get_by_role("heading", name=NEW_TITLE).is_visible()
    editor.photograph("preview", ".preview__choices", ".preview__window", height=420)
    editor.close_tab()
    editor.press("Forhåndsvis og del det som sist ble lagret")
    editor.choose("Hvor lenge skal lenken virke?", "1 dag")
    editor.press("Lag delbar lenke")
    link = editor.window.locator("#new-link").input_value().removeprefix(site_server.url)
    assert NEW_TITLE in public(site_server, link)[1]
    editor.press("Trekk tilbake")
    assert public(site_server, link)[0] == 404

    # publish
    open_page(editor, NEW_TITLE)
    editor.press("Lagre og publiser")
    assert NEW_TITLE in public(site_server, live)[1]

    # publish later, cancel, discard
    editor.fill("Tittel", COMING_TITLE)
    editor.press("Publiser senere …")
    editor.fill("Publiseres", at(days=7))
    editor.fill("Tas ned", at(days=90))
    editor.press("Lagre og publiser senere")
    editor.press("Sider")
    editor.press("Det som skjer av seg selv")
    editor.photograph("coming", ".coming")
    editor.press("Endre eller avlys", beside="Publiseres")
    editor.press("Avlys publiseringen")
    editor.press("Tilbake til siden")
    assert title(editor) == COMING_TITLE
    editor.press("Forkast utkastet")
    editor.press("Forkast utkastet")
    assert title(editor) == NEW_TITLE

    # look at earlier editions, restore the first
    editor.press("Tidligere utgaver")
    editor.press("Se hva som ble endret", beside=NOTE)
    editor.photograph("compare", ".compare-section")
    editor.press("Tidligere utgaver")
    editor.press("Gjenopprett", beside="Var på nettstedet")
    editor.press("Gjenopprett som utkast")
    assert title(editor) == TITLE

    # a new address; the former one leads there
    editor.press("Plassering og adresse")
    editor.fill("Adresse", "menneskene-her")
    editor.fill("Ingress", "Dette er menneskene du møter her.")
    editor.press("Lagre og publiser")
    address, words = public(site_server, live)
    assert address.endswith("/menneskene-her/")
    assert TITLE in words

    # translations
    editor.choose("Oversett side om side", "Nynorsk")
    editor.press("Lagre, og hele oversettelsen stemmer")
    editor.press("Åpne skjemaet for siden")
    assert "Nynorsk (✓ Stemmer)" in editor.window.locator(".languages-of-page").inner_text()

    # a message on every page
    editor.press("Hjem")
    editor.photograph("first-page", ".daily", ".to-do")
    editor.press("Beskjeder på alle sider")
    editor.press("Legg til ny beskjed på alle sider")
    editor.fill("Beskjed", "Telefonen er ute av drift i dag.")
    editor.fill("Vises til", at(days=2))
    editor.press("Lagre")
    assert "Telefonen er ute av drift i dag." in public(site_server, "/")[1]

    # a picture
    editor.press("Hjem")
    editor.press("Bilder")
    editor.press("Nytt bilde")
    editor.fill("Bildefil", ROOT / "static" / "img" / "social.png")
    editor.fill("Navn", "Fjellet ved vannet")
    editor.press(CONSENT)
    editor.press("Legg inn bildet")
    editor.fill("Fra venstre, i prosent", "20")
    editor.press("Lagre")
    editor.photograph("focal-point", ".focal-point")

    # the tree
    editor.press("Hjem")
    editor.press("Sider")
    editor.press("Rekkefølge og meny")
    editor.photograph("order", ".tree", height=330)
    editor.press("7 sider under")
    editor.press("Ned", beside=TITLE)
    assert said(editor).startswith(f"«{TITLE}»")

    # take down, delete, and bring back
    open_page(editor, TITLE)
    editor.press("Ta ned fra nettstedet")
    editor.press("Ta ned fra nettstedet")
    assert public(site_server, address)[0] == 404
    editor.press("Slett siden")
    editor.press("Slett siden")
    editor.press("Slettede sider")
    editor.press("Hent tilbake", beside=TITLE)
    editor.press("Sider")
    assert editor.window.get_by_role("link", name=TITLE).is_visible()
    assert editor.window.faults == []
    assert editor.photographed == {file.name for file in (DOCS / PICTURES).iterdir()}
