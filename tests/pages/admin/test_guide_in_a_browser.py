"""The guide is enough: an editor who acts only through the labels that it quotes gets everything done.

GUIDE_PICTURES=1 also takes the pictures of the guide anew; they are committed with it.
"""

import re
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from mestring.staff.guide import DOCS, PICTURES
from tests.conftest import PASSWORD, ROOT
from tests.pages.admin.guided_editor import GuidedEditor, NotInTheGuide

pytestmark = [pytest.mark.browser, pytest.mark.proof("editors"), pytest.mark.xdist_group("guide-browser")]
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


@pytest.fixture(scope="module")
def guided(chromium, site_server):
    guided = GuidedEditor(chromium, f"{site_server.url}/admin/")
    with pytest.raises(NotInTheGuide):
        guided.press("Toggle theme")
    guided.fill("Brukernavn", "astrid")
    guided.fill("Passord", PASSWORD)
    guided.press("Logg inn")
    assert guided.window.faults == []
    yield guided
    guided.context.close()


@pytest.fixture
def editor(guided, site_server):
    """The editor at the first page. Each task is done on a page of its own, so that it needs no other task."""
    guided.begin(f"{site_server.url}/admin/")
    yield guided
    assert guided.window.faults == []


def said(editor):
    return editor.window.locator(".messagelist").inner_text()


def title(editor):
    return editor.window.locator("#id_title_nb").input_value()


def open_page(editor, name):
    """Open the form of a page; return the address that visitors find the page at."""
    editor.press("Sider")
    editor.choose("Sider", name)
    return editor.window.locator(".page-state a").first.get_attribute("href")


def test_a_page_is_changed_kept_as_a_draft_and_published(editor, site_server):
    live = open_page(editor, "Mennesker du møter")
    assert live == editor.window.get_by_role("link", name="Vis på nettstedet (ny fane)").first.get_attribute(
        "href"
    )
    before = public(site_server, live)
    editor.choose("Språk i skjemaet", "Bokmål")
    editor.fill("Tittel", "Menneskene som tar imot deg")
    editor.fill("Ingress", LONG)
    editor.window.locator(".quality__finding").first.wait_for(state="attached")
    editor.photograph("text-check", ".quality", height=520)
    editor.fill("Ingress", "Dette er menneskene du møter fra første dag.")
    editor.press("Lagre utkast")
    assert public(site_server, live) == before
    editor.photograph("top-of-form", ".page-state", ".language-switch")
    editor.photograph("save-buttons", ".publish-later", ".submit-row")
    editor.press("Lagre og publiser")
    assert "Menneskene som tar imot deg" in public(site_server, live)[1]


def test_a_draft_is_previewed_and_shared(editor, site_server):
    open_page(editor, "Frivillig oppfølgingsgruppe")
    editor.fill("Tittel", "Gruppen etter behandlingen")
    editor.press("Forhåndsvis (ny fane)")
    editor.choose("Bredde", "Telefon")
    heading = editor.window.frame_locator("iframe").get_by_role("heading", name="Gruppen etter behandlingen")
    heading.wait_for()
    editor.photograph("preview", ".preview__choices", ".preview__window", height=420)
    editor.close_tab()
    editor.press("Lagre utkast")
    editor.press("Forhåndsvis og del det som sist ble lagret")
    editor.choose("Hvor lenge skal lenken virke?", "1 dag")
    editor.press("Lag delbar lenke")
    link = editor.window.locator("#new-link").input_value().removeprefix(site_server.url)
    assert "Gruppen etter behandlingen" in public(site_server, link)[1]
    editor.press("Trekk tilbake")
    assert public(site_server, link)[0] == 404


def test_a_publication_is_planned_called_off_and_its_draft_discarded(editor):
    open_page(editor, "Tilgjengelighet")
    editor.fill("Tittel", "Et nettsted for alle")
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
    assert title(editor) == "Et nettsted for alle"
    editor.press("Forkast utkastet")
    editor.press("Forkast utkastet")
    assert title(editor) == "Tilgjengelighet"


def test_earlier_editions_are_compared_and_restored(editor):
    open_page(editor, "Vår visjon og filosofi")
    editor.fill("Tittel", "Det vi tror på")
    editor.fill("Ingress", "Vi tror at alle kan bli bedre.")
    editor.fill("Hva har du endret? (frivillig)", NOTE)
    editor.press("Lagre og publiser")
    editor.press("Tidligere utgaver")
    editor.press("Se hva som ble endret", beside=NOTE)
    editor.photograph("compare", ".compare-section")
    editor.press("Tidligere utgaver")
    editor.press("Gjenopprett", beside="Var på nettstedet")
    editor.press("Gjenopprett som utkast")
    assert title(editor) == "Vår visjon og filosofi"


def test_a_new_address_is_given_and_the_former_one_leads_there(editor, site_server):
    live = open_page(editor, "Sosionomen hjelper deg med")
    editor.press("Plassering og adresse")
    editor.fill("Adresse", "sosionomen-her")
    editor.press("Lagre og publiser")
    address, words = public(site_server, live)
    assert address.endswith("/sosionomen-her/")
    assert "Sosionomen hjelper deg med" in words


def test_a_translation_is_brought_up_to_date(editor):
    open_page(editor, "For deg som henviser")
    editor.fill("Ingress", "Her finner du det du trenger for å henvise.")
    editor.press("Lagre utkast")
    languages = editor.window.locator(".languages-of-page")
    assert "Nynorsk (↻ Må ses over)" in languages.inner_text()
    editor.choose("Oversett side om side", "Nynorsk")
    editor.press("Lagre, og hele oversettelsen stemmer")
    editor.press("Åpne skjemaet for siden")
    assert "Nynorsk (✓ Stemmer)" in languages.inner_text()


def test_a_message_is_put_on_every_page(editor, site_server):
    editor.photograph("first-page", ".daily", ".to-do")
    editor.press("Beskjeder på alle sider")
    editor.press("Legg til ny beskjed på alle sider")
    editor.fill("Beskjed", "Telefonen er ute av drift i dag.")
    editor.fill("Vises til", at(days=2))
    editor.press("Lagre")
    assert "Telefonen er ute av drift i dag." in public(site_server, "/")[1]


def test_a_picture_is_added_and_its_focal_point_set(editor):
    editor.press("Bilder")
    editor.press("Nytt bilde")
    editor.fill("Bildefil", ROOT / "static" / "img" / "social.png")
    editor.fill("Navn", "Fjellet ved vannet")
    editor.press(CONSENT)
    editor.press("Legg inn bildet")
    editor.fill("Fra venstre, i prosent", "20")
    editor.press("Lagre")
    editor.photograph("focal-point", ".focal-point")
    assert editor.window.locator("#id_left").input_value() == "20"


def test_a_page_is_moved_among_its_neighbours(editor):
    editor.press("Sider")
    editor.press("Rekkefølge og meny")
    editor.photograph("order", ".tree", height=330)
    editor.press("7 sider under")
    editor.press("Ned", beside="Slik får du plass")
    assert said(editor).startswith("«Slik får du plass»")


def test_a_page_is_taken_down_deleted_and_brought_back(editor, site_server):
    live = open_page(editor, "Hvordan unngå tilbakefall")
    editor.press("Ta ned fra nettstedet")
    editor.press("Ta ned fra nettstedet")
    assert public(site_server, live)[0] == 404
    editor.press("Slett siden")
    editor.press("Slett siden")
    editor.press("Slettede sider")
    editor.press("Hent tilbake", beside="Hvordan unngå tilbakefall")
    editor.press("Sider")
    assert editor.window.get_by_role("link", name="Hvordan unngå tilbakefall").is_visible()


def test_each_picture_of_the_guide_is_taken_above():
    taken = set(re.findall(r'editor\.photograph\("([\w-]+)"', Path(__file__).read_text(encoding="utf-8")))
    assert taken == {file.stem for file in (DOCS / PICTURES).iterdir()}
