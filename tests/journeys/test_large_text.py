"""A reader on a phone with text twice as large, which WCAG 1.4.4 lets a reader ask for."""

from contextlib import contextmanager

import pytest

from tests.journeys.looks import WHOLE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("visit")]
PHONES = ((320, 640), (360, 740), (412, 915))
PAGES = [
    "/",
    "/fare/",
    "/avrusning/",
    "/unnga-tilbakefall/",
    "/kontakt/",
    "/kontakt/parorende/",
    "/kontakt/henviser/",
    "/nn/avrusing/",
    "/en/",
    "/en/detox/",
    "/sok/?q=selvmord",
]

# What is wrong at the top of a page, and at its edges. The line about the demonstration goes first:
# a launched site has none.
WRONG = """() => {
    document.querySelector(".demo-banner")?.remove()
    const menu = document.querySelector(".menu-narrow")
    const found = []
    for (menu.open of [true, false])
        if (document.documentElement.scrollWidth > innerWidth) found.push(`too wide, menu ${menu.open}`)
    const lines = (node) => {
        const range = document.createRange()
        range.selectNodeContents(node)
        return [...range.getClientRects()].filter((one) => one.width > 1)
    }
    const outside = (inner, outer) => inner.left < outer.left - 1 || inner.right > outer.right + 1
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
    for (const one of shown(".site-header :is(a, summary), .call-bar a")) {
        const box = one.getBoundingClientRect()
        const number = one.querySelector("b")
        const cut = number && lines(number).some((line) => outside(line, box))
        if (cut || outside(box, {left: 0, right: innerWidth})) found.push(`cut: ${one.textContent.trim()}`)
    }
    if (lines(document.querySelector(".brand").lastChild).length > 1) found.push("the name in pieces")
    const alarm = document.querySelector(".acute-line p")
    if (lines(alarm)[0].width < alarm.clientWidth / 2) found.push("the emergency numbers squeezed")
    const bar = shown(".call-bar")[0]?.getBoundingClientRect()
    if (bar && bar.top < innerHeight && bar.height > innerHeight / 5) found.push("the bar takes the screen")
    const floor = bar && bar.top < innerHeight ? bar.top : innerHeight
    const calls = shown('.site-header a[href="tel:+4735019500"], .call-bar a[href^="tel:"]')
    if (!calls.some((one) => one.getBoundingClientRect().bottom <= innerHeight)) found.push("number too low")
    for (const words of document.querySelectorAll(".care-card dd"))
        if (words.offsetWidth < 3 * parseFloat(getComputedStyle(words).fontSize)) found.push("squeezed words")
    const heading = lines(document.querySelector("h1"))[0]
    if (location.pathname === "/fare/" && heading.bottom > floor) found.push("the heading below the first screen")
    const urgent = document.querySelector(".search .care-card a")
    if (urgent && urgent.getBoundingClientRect().top > innerHeight) found.push("the card's 113 too low")
    return found
}"""


@contextmanager
def text_of_the_page(visitor):
    """The reader's own style sheet, or an extension: the page is larger, and no media query hears of it."""
    visitor.evaluate("""() => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync("html { font-size: 200% !important }")
        document.adoptedStyleSheets = [sheet]
    }""")
    yield
    visitor.evaluate("document.adoptedStyleSheets = []")


@contextmanager
def text_of_the_browser(visitor):
    """The browser's own setting, and that of a phone: media queries hear of it."""
    session = visitor.context.new_cdp_session(visitor)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    yield
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    session.detach()


TEXT_SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"


def sizes_of(place, enlarge):
    """Return the phones on which a page is seen: in turn one, in the long proof `looks` all."""
    turn = (place + (enlarge is text_of_the_browser)) % len(PHONES)
    return PHONES if WHOLE else PHONES[turn : turn + 1]


def test_text_twice_as_large_fits_a_phone_and_the_numbers_are_read_whole(visitor, every_kind_site):
    wrong = {}
    for place, address in enumerate(PAGES):
        visitor.goto(every_kind_site.url + address)
        for enlarge in (text_of_the_page, text_of_the_browser):
            with enlarge(visitor):
                assert visitor.evaluate(TEXT_SIZE) == 32
                for width, height in sizes_of(place, enlarge):
                    visitor.set_viewport_size({"width": width, "height": height})
                    if found := visitor.evaluate(WRONG):
                        wrong[address, width, enlarge.__name__] = found
        assert visitor.evaluate(TEXT_SIZE) == 16, "each is seen alone"
    assert wrong == {}
