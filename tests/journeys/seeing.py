"""How the tests look at a page: what it wears, and what a reader would lose."""

from contextlib import contextmanager
from pathlib import Path

from tests.journeys.looks import DRESSES, HEIGHT

# For screen readers and robots only, or shown when it has the focus; and what is not text.
OUT_OF_SIGHT = ".visually-hidden, .skip-link, .field--trap, script, style, textarea, option"
# May be hidden although it stands nowhere else: the bar's ways are in the header and the page on wide screens, the
# menu's button is not needed beside the menu, a page that ends with an invitation needs no second one, and a form
# puts away what belongs to another way to be reached ("form with errors" shows it).
NOT_AT_EVERY_WIDTH = (
    ".call-bar, .menu-narrow > summary, .with-sidebar:has(.contact-panel) > .side-card, .site-header__search, "
    ".breadcrumb [aria-current], .on-paper, .field:has([data-for])"
)
# Paper cannot be pressed. The number is printed at its head and foot, but not on what a sender prints:
# that does not name the clinic.
NOT_ON_PAPER = (
    ".menu-wide, .menu-narrow, .language-links, .call-bar, .breadcrumb, .contents-list, .button, .side-card, "
    ".until-sidebar, .back-link, .quick-exit, .search-form, .site-header__search, .pagination, .related, .dated, "
    ".event__file, .contact-panel, .hero .cluster, .hero + .doors, .site-footer__more, .site-footer li, "
    ".field:has([data-for]), .discreet > :not(main), .discreet--slip main"
)
REGIONS = ".table-scroll[role=region][tabindex='0'], textarea"
THUMB = 44  # pixels, WCAG 2.5.5
LOST, SMALL, FOCUS = (
    (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("lost.js", "small.js", "focus.js")
)


def wear(page, dress, width=None, height=HEIGHT):
    """Show the page in a dress, and at a width."""
    size = {"width": width, "height": height}
    if width and page.viewport_size != size:
        page.set_viewport_size(size)
    plain = {"media": "screen", "color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}
    page.emulate_media(**{**plain, **DRESSES[dress]})
    page.evaluate("dir => { document.documentElement.dir = dir }", "rtl" if dress == "right to left" else "ltr")


@contextmanager
def everything_open(page):
    """Open every menu and every answer for a while."""
    move = "open => document.querySelectorAll('details').forEach(one => { one.open = open })"
    page.evaluate(move, True)
    yield
    page.evaluate(move, False)


def lost(page, dress) -> list[str]:
    """List what a reader loses: text without size, cut off, covered, unreachable or in its background's colour."""
    on_paper = dress == "print"
    return page.evaluate(
        LOST,
        {
            "outOfSight": OUT_OF_SIGHT,
            "hiddenOnPurpose": NOT_ON_PAPER if on_paper else NOT_AT_EVERY_WIDTH,
            "regions": REGIONS,
            "onPaper": on_paper,  # where no answer can be opened, and no background is printed
            "compareColours": dress in ("print", "forced colours"),  # axe compares the others
        },
    )


def too_small(page) -> list[str]:
    """List what can be pressed but is smaller than a thumb."""
    return page.evaluate(SMALL, {"least": THUMB, "outOfSight": OUT_OF_SIGHT})


def walk(page) -> list[dict]:
    """Press Tab from the top of the page until the focus leaves it; tell each stop and what is wrong with it."""
    stops = []
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or (stops and stop["name"] == stops[0]["name"]):
            return stops
        stops.append(stop)
