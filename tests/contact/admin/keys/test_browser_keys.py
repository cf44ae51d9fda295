"""From the first start to a locked inbox, in a real browser and with the keyboard alone."""

import urllib.parse
import urllib.request

import pytest

from tests import site_database
from tests.contact.conftest import CANARY, PASSPHRASE
from tests.pages.admin.conftest import logged_in, staff_window  # noqa: F401 (fixtures are found by name)
from tests.proofs import WANTED

pytestmark = [pytest.mark.browser, pytest.mark.proof("inbox"), pytest.mark.xdist_group("browser-keys")]
TOO_WIDE = """(width => width <= innerWidth ? [] : [width, ...[...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth).map(one => one.outerHTML.slice(0, 120))]
)(document.documentElement.scrollWidth)"""
OTHER = "fem blå ballonger over fjorden"


def tab_to(window, selector):
    """Press Tab until the first such element has the focus."""
    for _press in range(120):
        window.keyboard.press("Tab")
        if window.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def type_in(window, selector, text):
    tab_to(window, selector)
    window.keyboard.type(text)


def press(window, selector):
    tab_to(window, selector)
    with window.expect_navigation():
        window.keyboard.press("Enter")


def unlock(window, passphrase):
    """Type at once: the field has the focus."""
    window.wait_for_selector("#passphrase:focus")
    window.keyboard.type(passphrase)
    with window.expect_navigation():
        window.keyboard.press("Enter")


def button(words):
    return f"input[type=submit][value='{words}']"


def send(site):
    address = urllib.request.urlopen(f"{site.url}/kontakt/pasient/").url
    urllib.request.urlopen(address, urllib.parse.urlencode({"message": CANARY, "step": "send"}).encode()).close()


def test_the_ceremony_then_unlocking_a_case_and_the_idle_lock(staff_window, site_server, axe_faults):  # noqa: F811 (pytest's way)
    found = {}

    def look(window, name, *, always=False):
        """Check that the page fits its window; axe looks at each page once, and in the long proof each time."""
        if always or "looks" in WANTED:
            found[name] = axe_faults(window)
        found[f"{name}: wider than the window"] = window.evaluate(TOO_WIDE)

    send(site_server)
    admin = f"{site_server.url}/admin/contact"
    paper = (site_server.data_dir / "keys" / "recovery-paper.txt").read_text(encoding="utf-8")
    kari = staff_window("kari", width=1280)
    ivar = staff_window("ivar", width=320, scheme="dark")

    kari.goto(f"{admin}/grant/")
    look(kari, "at the start")
    type_in(kari, "#typed-paper", "\n".join(line.strip()[4:] for line in paper.splitlines() if line[5:6] == ")"))
    press(kari, button("Prøv gjenopprettingsarket"))
    press(kari, button("Slett filen med arket"))
    for window, passphrase in ((kari, OTHER), (ivar, PASSPHRASE)):
        window.goto(f"{admin}/staffkey/")
        look(window, f"choosing, {passphrase[:3]}")
        type_in(window, "[name=new]", passphrase)
        type_in(window, "[name=again]", passphrase)
        press(window, button("Bruk denne passordsetningen"))
        look(window, f"chosen, {passphrase[:3]}", always=window is ivar)
    code = ivar.locator(".check-code").inner_text()
    kari.goto(f"{admin}/grant/")
    look(kari, "letting in", always=True)
    tab_to(kari, "[name^=code-]")
    kari.keyboard.type(code)  # Kari is in already: the paper that she typed was at hand
    press(kari, button("Slipp dem inn"))
    press(kari, button("Ta nøkkelen fra serveren"))
    look(kari, "done")
    assert "Alt er gjort" in kari.locator("#content").inner_text()

    ivar.goto(f"{admin}/inquiry/")
    look(ivar, "the locked list", always=True)
    press(ivar, ".cases tbody a")
    assert CANARY not in ivar.content()
    look(ivar, "a locked case")
    press(ivar, "a[href*='unlock/?inquiry=']")
    look(ivar, "unlocking", always=True)
    unlock(ivar, PASSPHRASE)
    assert CANARY in ivar.content()
    look(ivar, "an open case", always=True)
    cookie = next(one for one in ivar.context.cookies() if one["name"] == "__Host-inbox")
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    with site_database.opened(site_server.data_dir) as database:
        database.execute("UPDATE contact_unlocked SET used_at = datetime('now', '-16 minutes')")
    ivar.reload()
    assert CANARY not in ivar.content()
    assert ivar.locator("a[href*='unlock/?inquiry=']").is_visible()
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert kari.faults == ivar.faults == []
