"""The look at a page (lost.js, small.js) finds each kind of loss: a fault is put in, and is named."""

import pytest

from tests.conftest import AXE_COLOURS, AXE_RULES
from tests.journeys.seeing import lost, too_small, walk, wear

# Of what looks, which changes with tests/journeys alone.
pytestmark = [pytest.mark.browser, pytest.mark.proof("looks")]
LOSSES = [
    ("/alt-nb/", "light", "h1 { overflow: hidden; block-size: .5em }", "is cut off: h1"),
    ("/alt-nb/", "light", "h1 { inline-size: 120vw }", "sticks out of the window: h1"),
    ("/alt-nb/", "light", "h1 { inline-size: 120vw }", "px wider than the window"),
    ("/alt-nb/", "right to left", "h1 { margin-right: -9rem }", "sticks out of the window: h1"),
    ("/alt-nb/", "light", "h1 { white-space: nowrap; letter-spacing: 9rem }", "leaves the window: h1"),
    ("/alt-nb/", "light", "article { overflow-x: auto } h1 { inline-size: 120vw }", "scrolls sideways undeclared"),
    ("/alt-nb/", "light", "h1 { font-size: 0 }", "has no size: h1"),
    ("/alt-nb/", "light", "h1 { position: absolute; top: -9rem }", "cannot be scrolled to: h1"),
    ("/alt-nb/", "light", "h1 { pointer-events: none }", "cannot be touched: h1"),
    ("/alt-nb/", "dark", ".lead::before { content: ''; position: absolute; inset: 0; background: red }", "under"),
    ("/alt-nb/", "light", ".call-bar { block-size: 50vh }", "lies under"),
    ("/alt-nb/", "light", ".site-footer { padding: 0 !important }", "lies under a.call-button"),
    ("/alt-nb/", "print", "h1 { display: none }", "is hidden: h1"),
    ("/alt-nb/", "print", "main { opacity: 0 }", "is hidden: h1"),
    ("/alt-nb/", "print", "details::details-content { content-visibility: hidden }", "hidden: p"),
    ("/alt-nb/", "print", ".care-card :is(h2, h3) { color: #fff }", "has a contrast of 1.0: h3"),
    ("/alt-nb/", "forced colours", "h1 { color: Canvas }", "has a contrast of 1.0: h1"),
    ("/", "forced colours", ".hero__landscape { display: block; position: absolute; inset: 0 }", "on a picture"),
    ("/", "forced colours", ".hero + .doors { margin-block-start: -9rem }", "lies under div.door"),
]  # fmt: skip
STYLE = """css => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets = [sheet]
}"""


def test_each_kind_of_loss_is_named(visitor, every_kind_site):
    unseen = []
    for address, dress, css, words in LOSSES:
        if visitor.url != every_kind_site.url + address:
            visitor.goto(every_kind_site.url + address)
        visitor.evaluate(STYLE, css)
        wear(visitor, dress, 360)
        if not any(words in fault for fault in lost(visitor, dress)):
            unseen.append((css, words, lost(visitor, dress)))
    assert unseen == []


def test_axe_names_words_that_are_too_pale_also_for_the_strictest_level_only(visitor, every_kind_site, axe_faults):
    visitor.goto(every_kind_site.url + "/alt-nb/")
    for colour in ("#aaa", "#666"):  # on white 2.3 and 5.7: the one too pale for AA, the other for AAA only
        visitor.evaluate(STYLE, f".lead {{ color: {colour} !important; background: #fff !important }}")
        for rules in (AXE_RULES, AXE_COLOURS):
            found = axe_faults(visitor, rules)
            assert [fault.split(":")[0] for fault in found] == ["color-contrast"], colour


def test_what_is_too_small_for_a_thumb_is_named(visitor, every_kind_site):
    visitor.goto(every_kind_site.url + "/alt-nb/")
    for css in (
        ".call-button { padding: 0; min-block-size: 43px }",
        "summary { position: relative; z-index: -1 }",
    ):
        visitor.evaluate(STYLE, css)
        wear(visitor, "light", 360)
        assert too_small(visitor)


def test_an_invisible_focus_is_named(visitor, every_kind_site):
    for css, words in (
        (":focus-visible { outline: 0 }", "shows no focus"),
        ("html { scroll-padding-block: 0 }", "lies under call-button"),
        (".site-header__row { overflow: hidden }", "its outline is cut off by .container site-header__row"),
    ):
        visitor.goto(every_kind_site.url + "/avrusning/")
        visitor.evaluate(STYLE, css)
        assert words in {fault for stop in walk(visitor) for fault in stop["faults"]}
