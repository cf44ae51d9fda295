"""Every kind of page, at every width and in every dress: nothing is lost, and nothing is faulty.

Each kind is loaded once. What is looked at where:
  lost text, cut text, covered text, overflow – every dress on a phone and on a wide screen, every width in the
        light; open menus and answers on three screens. In the long proof (tests/proofs.py) all with all
  axe – closed on a wide screen and open on a narrow one; in the dark the rules that read colours; in the long
        proof in forced colours all but contrast, which the system chooses. lost.js compares the colours on paper
  targets – on a phone, closed and open
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.conftest import AXE_COLOURS, visiting
from tests.journeys.seeing import everything_open, looks, looks_when_open, lost, too_small, wear

pytestmark = pytest.mark.browser


def send_nothing(page):
    page.check("[name=reach][value=phone]")
    press_send(page)


def send_a_few_words(page):
    page.fill("[name=message]", "Hei. Kan dere ringe meg?")
    press_send(page)


def send_and_confirm(page):
    send_a_few_words(page)
    with page.expect_navigation():
        page.click("[value=send]")


def send_what_no_form_has(page):
    page.evaluate("""() => {
        const field = document.querySelector("main form input")
        for (let n = 0; n < 1300; n++) field.after(field.cloneNode())
    }""")
    press_send(page)


def press_send(page):
    with page.expect_navigation():
        page.click("main form button")


@dataclass(frozen=True)
class Kind:
    """Where a kind of page is found, and what the visitor does there to see it."""

    address: str
    status: int = 200
    then: Callable | None = None
    site: str = "every_kind_site"


# A new kind of page needs only its line here.
KINDS = {
    "front page": Kind("/"),
    "article": Kind("/avrusning/"),
    "article in nynorsk": Kind("/nn/avrusing/"),
    "article in English": Kind("/en/detox/"),
    "article with advice": Kind("/unnga-tilbakefall/"),
    "theme": Kind("/selvhjelpsgrupper/"),
    "overview": Kind("/behandling/"),
    "empty overview": Kind("/tom-nb/"),
    "glossary": Kind("/ordliste/"),
    "every block": Kind("/alt-nb/"),
    "every block in nynorsk": Kind("/nn/alt-nn/"),
    "every block in English": Kind("/en/alt-en/"),
    "no heading": Kind("/uten-nb/"),
    "overview of long titles": Kind("/nn/langt-nn/"),
    "long words": Kind("/nn/lang-nn/"),
    "contact": Kind("/kontakt/"),
    "form for patients": Kind("/kontakt/pasient/"),
    "form for relatives": Kind("/kontakt/parorende/"),
    "form for referrers": Kind("/kontakt/henviser/"),
    "search": Kind("/sok/"),
    "search with results": Kind("/sok/?q=rus"),
    "search for help": Kind("/sok/?q=selvmord"),
    "search without results": Kind("/en/search/?q=xyzzy"),
    "gathering": Kind("/etter-behandling/"),
    "drawing": Kind("/visjon-og-filosofi/"),
    "form with errors": Kind("/kontakt/pasient/", 422, send_nothing),
    "answers to look through": Kind("/kontakt/parorende/", 200, send_a_few_words),
    "receipt": Kind("/kontakt/parorende/", 200, send_and_confirm),
    "code": Kind("/kontakt/svar/"),
    "could not be stored": Kind("/kontakt/pasient/", 503, send_and_confirm, site="failing_site"),
    "not found": Kind("/finnes-ikke/", 404),
    "not in this language": Kind("/en/norsk-en/", 404),
    "could not be read": Kind("/kontakt/pasient/", 400, send_what_no_form_has),
    "fault": Kind("/i-stykker-nb/", 500),
    "database away": Kind("/", 503, site="failing_site"),
}


@pytest.fixture(scope="module", params=[pytest.param(k, marks=pytest.mark.xdist_group(k)) for k in KINDS])
def page(request, chromium):
    """One kind of page, as it is after its only load."""
    kind = KINDS[request.param]
    site = request.getfixturevalue(kind.site)
    with visiting(chromium) as window:
        window.goto(site.url + kind.address)
        if kind.then:
            kind.then(window)
        assert window.status == kind.status
        yield window


def test_nothing_is_lost_at_any_width_in_any_dress(page):
    faults = {}
    for dress, width, height in looks():
        wear(page, dress, width, height)
        note(faults, f"{dress} {width}×{height}", lost(page, dress))
    assert not faults, describe_faults(faults)


def test_nothing_is_lost_when_menus_and_answers_are_open(page):
    faults = {}
    with everything_open(page):
        for dress, width, height in looks_when_open():
            wear(page, dress, width, height)
            note(faults, f"{dress} {width}×{height}", lost(page, dress))
    assert not faults, describe_faults(faults)


def test_everything_to_press_is_large_enough_for_a_thumb(page):
    faults = {}
    wear(page, "light", 360)
    note(faults, "closed", too_small(page))
    with everything_open(page):
        note(faults, "open", too_small(page))
    assert not faults, describe_faults(faults)


def test_axe_finds_nothing(page, axe_faults):
    faults = {}
    wear(page, "light", 1280)
    note(faults, "light 1280", axe_faults(page))
    wear(page, "dark")
    note(faults, "dark 1280", axe_faults(page, AXE_COLOURS))
    with everything_open(page):
        wear(page, "light", 320)
        note(faults, "light 320", axe_faults(page))
        wear(page, "dark")
        note(faults, "dark 320", axe_faults(page, AXE_COLOURS))
        wear(page, "forced colours")
        note(faults, "forced colours 320", axe_faults(page, without=["color-contrast"]))
    assert not faults, describe_faults(faults)


def test_it_stores_nothing_asks_no_other_host_and_logs_nothing_to_the_console(page):
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert len(page.hosts) == 1
    assert page.faults == []


def test_the_first_view_is_small(page):
    """Six requests and 60 kB as sent; no script but the receipt's own. A window also asks for the icon."""
    got = page.evaluate("""() => ["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
        .map(entry => [entry.initiatorType, entry.encodedBodySize])""")
    assert len(got) + 1 <= 6
    assert sum(size for _kind, size in got) <= 60_000
    assert page.locator("script:not([type='application/ld+json'], [src*='/js/code_tools'])").count() == 0
    assert sum(size for kind, size in got if kind == "script") <= 2_000


def note(faults, look, found):
    """Write down in which look each fault was found: most are in several."""
    for fault in found:
        faults.setdefault(fault, []).append(look)


def describe_faults(faults):
    """List the faults for the developer who mends them."""
    return "\n".join(f"{fault}\n      in {', '.join(looks)}" for fault, looks in faults.items())
