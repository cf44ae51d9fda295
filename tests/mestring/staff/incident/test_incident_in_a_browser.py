"""A frightened keyholder at night, without scripts: two presses, then a page to work down and to print."""

import urllib.parse
import urllib.request

import pytest

from tests.contact.admin.keys.test_browser_keys import TOO_WIDE, button, press
from tests.contact.conftest import CANARY
from tests.following import follow
from tests.pages.admin.conftest import LOOKS, logged_in, staff_window  # noqa: F401 (fixtures are found by name)

pytestmark = [pytest.mark.browser, pytest.mark.proof("inbox"), pytest.mark.xdist_group("browser-keys")]


def send(site):
    address = urllib.request.urlopen(f"{site.url}/kontakt/pasient/").url
    urllib.request.urlopen(address, urllib.parse.urlencode({"message": CANARY, "step": "send"}).encode()).close()


def test_two_presses_and_then_a_page_that_fits(staff_window, site_server, axe_faults):  # noqa: F811 (pytest's way)
    send(site_server)
    thief = staff_window("ivar")
    thief.goto(f"{site_server.url}/admin/contact/inquiry/")
    follow(thief.locator(".cases tbody a").first)
    with_scripts = staff_window("kari")  # axe is a script
    kari = staff_window("kari", width=360, scripts=False)
    kari.goto(f"{site_server.url}/admin/")
    follow(kari.locator("a[href$='/admin/incident/']").first)
    found = {}

    def look(name):
        for width, scheme in LOOKS:
            with_scripts.set_viewport_size({"width": width, "height": 900})
            with_scripts.emulate_media(color_scheme=scheme)
            with_scripts.goto(kari.url)
            found[name, scheme] = axe_faults(with_scripts)
            found[name, scheme, "wider than the window"] = with_scripts.evaluate(TOO_WIDE)

    look("begin")
    kari.locator("select").select_option(label="ivar")
    press(kari, button("Gå videre"))
    assert kari.locator(button("Logg ut overalt nå")).bounding_box()["y"] < 800  # seen without scrolling
    look("incident")
    kari.locator("[name=lock]").uncheck()
    press(kari, button("Logg ut overalt nå"))
    look("stopped")
    assert CANARY not in kari.content()
    kari.emulate_media(media="print")
    assert not kari.locator("input[type=submit]:visible").count()
    assert kari.locator("#wrong-publication").is_visible()
    kari.emulate_media(media="screen")
    press(kari, button("Det er over: ta dette bort"))
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert kari.faults == []
