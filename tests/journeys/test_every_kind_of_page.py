"""Every kind of page, at every width and in every dress: nothing is lost, and nothing is faulty.

Each kind is loaded once. What is looked at where:
  lost text, cut text, covered text, overflow – in every dress, each at another size (looks.py); menus and answers
        open, in a narrow and a wide window. In the long proof `looks` (tests/proofs.py) all with all
  axe – closed on a wide screen in the light or open on a narrow one in the dark, in turn; in the long proof both,
        the other way round too, and in forced colours all but contrast, which the system chooses. lost.js compares
        the colours on paper
  targets – on a phone with all menus and answers open, in the long proof closed too
"""

import pytest

from tests.conftest import AXE_COLOURS
from tests.journeys.kinds import ALWAYS, KINDS
from tests.journeys.looks import WHEN_OPEN, WHOLE, looks
from tests.journeys.seeing import everything_open, lost, too_small, wear

pytestmark = pytest.mark.browser


def parameters():
    """Give each kind to one worker, and all kinds of the failing site to the same."""
    for place, (name, kind) in enumerate(KINDS.items()):
        group = name if kind.site == "every_kind_site" else kind.site
        marks = [pytest.mark.xdist_group(group)] + ([] if name in ALWAYS else [pytest.mark.proof("looks")])
        yield pytest.param((place, kind), id=name, marks=marks)


@pytest.fixture(scope="module", params=parameters())
def page(request, window):
    """One kind of page, as it is after its only load; `place` is its number."""
    window.place, kind = request.param
    site = request.getfixturevalue(kind.site)
    wear(window, "light", 360)
    window.faults.clear()
    window.hosts.clear()
    window.goto(site.url + kind.address)
    if kind.then:
        kind.then(window)
    assert window.status == kind.status
    return window


def test_nothing_is_lost_at_any_width_in_any_dress(page):
    assert not (faults := lost_in(page, looks(page.place))), describe_faults(faults)


def test_nothing_is_lost_when_menus_and_answers_are_open(page):
    with everything_open(page):
        faults = lost_in(page, looks(page.place, WHEN_OPEN))
    assert not faults, describe_faults(faults)


def test_everything_to_press_is_large_enough_for_a_thumb(page):
    faults = {}
    wear(page, "light", 360)
    if WHOLE:
        note(faults, "closed", too_small(page))
    with everything_open(page):
        note(faults, "open", too_small(page))
    assert not faults, describe_faults(faults)


def test_axe_finds_nothing(page, axe_faults):
    faults, is_even = {}, page.place % 2 == 0
    if WHOLE or is_even:
        wear(page, "light", 1280)
        note(faults, "light 1280", axe_faults(page))
    if WHOLE or not is_even:
        with everything_open(page):
            wear(page, "dark", 320)
            note(faults, "dark 320", axe_faults(page))
    assert not faults, describe_faults(faults)


@pytest.mark.proof("looks")
def test_axe_finds_nothing_in_the_other_looks(page, axe_faults):
    faults = {}
    wear(page, "dark", 1280)
    note(faults, "dark 1280", axe_faults(page, AXE_COLOURS))
    with everything_open(page):
        wear(page, "light", 320)
        note(faults, "light 320", axe_faults(page))
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


def lost_in(page, seen):
    """Return what is lost in some looks at a page, and in which."""
    faults = {}
    for look in seen:
        wear(page, *look)
        note(faults, str(look), lost(page, look.dress))
    return faults


def note(faults, look, found):
    """Write down in which look each fault was found: most are in several."""
    for fault in found:
        faults.setdefault(fault, []).append(look)


def describe_faults(faults):
    """List the faults for the developer who mends them."""
    return "\n".join(f"{fault}\n      in {', '.join(looks)}" for fault, looks in faults.items())
