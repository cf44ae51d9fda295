"""From the first page to what waits: reviewing, confirming, a message on every page, in a real browser."""

import html
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from tests.conftest import running
from tests.following import follow
from tests.pages.admin.page.test_editing_in_a_browser import public, ready

pytestmark = [pytest.mark.browser, pytest.mark.proof("editors"), pytest.mark.xdist_group("browser-first-page")]
REVIEW_WAITS = "ikke faglig gjennomgått ennå"
NAME, NEW_LEAD = "Ingeborg Testesen, overlege", "Du bestemmer selv når du vil snakke med oss."
SENTENCE, MESSAGE = "Det er ansatte til stede hele døgnet.", "Telefonen er stengt 17. mai. Ring 116 117."
FIRST = "/admin/"


@pytest.fixture(scope="module")
def site_server(built_site, tmp_path_factory):
    """A site where a page with health advice needs a named reviewer, as it is outside the demo."""
    folder = tmp_path_factory.mktemp("gated")
    with running(built_site, folder, "starter", CLINICAL_GATE="true") as site:
        yield site


@pytest.fixture
def seen(site_server):
    """Return a function that returns what a visitor reads at an address now."""

    def text_at(path):
        words = strip_tags(public(site_server, path).decode())
        return html.unescape(words).replace("\xa0", " ")  # which holds a number together

    return text_at


def first_page(window, site):
    window.goto(site.url + FIRST)
    return window.locator(".to-do")


def press(window, name):
    follow(window.get_by_role("button", name=name, exact=True), "Enter")


def at(days):
    """Return a time some days from now, in the morning: one that the clocks never leave out."""
    return f"{timezone.localdate() + timedelta(days=days)}T08:00"


def test_health_advice_waits_for_its_reviewer_who_finds_it_on_the_first_page(
    staff_window, site_server, seen, judged
):
    editor = staff_window("astrid")
    first_page(editor, site_server)
    follow(editor.get_by_role("link", name="Sider Skriv"))
    follow(editor.get_by_role("link", name="Slik foregår avrusning"))
    ready(editor)
    editor.get_by_label("Ingress (bokmål)").fill(NEW_LEAD)
    press(editor, "Lagre og publiser")
    assert "faglig" in editor.inner_text(".messagelist")
    assert NEW_LEAD not in seen("/avrusning/")
    assert editor.get_by_label("Ingress (bokmål)").input_value() == NEW_LEAD
    drafts = first_page(editor, site_server)
    assert drafts.get_by_role("link", name="Slik foregår avrusning").count() == 1

    reviewer = staff_window("ragna", width=360, scheme="dark")
    waiting = first_page(reviewer, site_server)
    assert judged(reviewer) == []
    line = waiting.locator("li", has_text=REVIEW_WAITS).first
    follow(line.get_by_role("link", name="Slik foregår avrusning"))
    ready(reviewer)
    reviewer.get_by_label("Gjennomgått av").fill(NAME)
    today = timezone.localdate()
    reviewer.get_by_label("Gjennomgått dato").fill(today.isoformat())
    reviewer.get_by_label("Neste gjennomgang før").fill((today + timedelta(days=365)).isoformat())
    press(reviewer, "Lagre og publiser")
    assert NEW_LEAD in seen("/avrusning/")
    assert NAME in seen("/avrusning/")
    after = first_page(reviewer, site_server).locator("li", has_text=REVIEW_WAITS).first
    assert after.get_by_role("link", name="Slik foregår avrusning").count() == 0


def test_a_claim_a_helpline_and_a_message_reach_visitors_and_go_away_again(staff_window, site_server, seen):
    window = staff_window("kari")
    follow(first_page(window, site_server).get_by_role("link", name="påstand"))
    follow(window.get_by_role("link", name="Ansatte til stede hele døgnet"))
    window.get_by_label("Kilde:", exact=True).fill("Vaktplanen")
    window.get_by_label("Ja, jeg har forsikret meg om det").check()
    press(window, "Lagre")
    assert SENTENCE in seen("/avrusning/")
    follow(window.locator("#result_list").get_by_role("link", name="Ansatte til stede hele døgnet"))
    window.get_by_label("Gjelder til og med").fill((timezone.localdate() - timedelta(days=1)).isoformat())
    window.get_by_label("Ja, jeg har forsikret meg om det").check()
    press(window, "Lagre")
    assert SENTENCE not in seen("/avrusning/")
    assert "2 påstander er utløpt" in first_page(window, site_server).inner_text()

    assert "90 90 48 48" not in seen("/for-parorende/")
    follow(window.locator(".to-do").get_by_role("link", name="hjelpetelefoner er ikke kontrollert"))
    follow(window.locator("#result_list tr", has_text="90 90 48 48").get_by_role("link"))
    window.get_by_label("Kontrollert:").fill(timezone.localdate().isoformat())
    press(window, "Lagre")
    assert "90 90 48 48" in seen("/for-parorende/")

    first_page(window, site_server)
    follow(window.get_by_role("link", name="Beskjeder på alle sider").first)
    follow(window.get_by_role("link", name="Legg til").last)
    window.get_by_label("Beskjed (bokmål)").fill(MESSAGE)
    window.get_by_label("Vises til").fill(at(days=2))
    press(window, "Lagre")
    assert MESSAGE in seen("/")
    assert MESSAGE in seen("/kontakt/pasient/")
    follow(window.locator("#result_list").get_by_role("link", name=MESSAGE))
    window.get_by_label("Vises fra").fill(at(days=-3))
    window.get_by_label("Vises til").fill(at(days=-1))
    press(window, "Lagre")
    assert MESSAGE not in seen("/")
    follow(first_page(window, site_server).get_by_role("link", name="kan slettes"))
    assert "Utløpt" in window.inner_text("#changelist")
