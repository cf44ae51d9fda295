"""A passkey in a real Chromium, with a security key that its debugger plays: made, asked for, and taken."""

import pytest

from tests.cast import PASSWORD
from tests.following import follow
from tests.pages.admin.conftest import watched

pytestmark = [pytest.mark.browser, pytest.mark.proof("editors")]
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
PASSKEY = "[data-passkey] [type=submit]"


@pytest.fixture
def window(chromium):
    context = chromium.new_context(viewport={"width": 320, "height": 740}, locale="nb-NO", reduced_motion="reduce")
    window = watched(context)
    devtools = context.new_cdp_session(window)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield window
    context.close()
    assert window.unfollowed == [], "use `follow` (tests/following.py)"


def give_password(window, site):
    window.goto(f"{site}/admin/login/")
    window.fill("#id_username", "astrid")
    window.fill("#id_password", PASSWORD)
    follow(window.locator("#login-form [type=submit]"), "Enter")


def look_at(window, axe_faults):
    assert axe_faults(window) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_passkey_is_made_with_the_keyboard_and_takes_the_place_of_a_code(window, site_server, axe_faults):
    site = site_server.url.replace("127.0.0.1", "localhost")  # browsers make no passkey for a number
    give_password(window, site)
    window.goto(f"{site}/admin/login/set-up/")
    look_at(window, axe_faults)
    follow(window.locator(PASSKEY), "Enter")
    assert window.locator(".second-step__codes li").count() == 10
    look_at(window, axe_faults)
    follow(window.get_by_role("button", name="Jeg har dem. Gå videre"), "Enter")
    assert window.url == f"{site}/admin/"
    window.context.clear_cookies()
    give_password(window, site)
    assert window.url == f"{site}/admin/login/"
    look_at(window, axe_faults)
    follow(window.locator(PASSKEY), "Enter")
    assert window.url == f"{site}/admin/"
    confirm_with_the_keyboard(window, site, axe_faults)
    assert window.faults == []


def confirm_with_the_keyboard(window, site, axe_faults):
    """The login is confirmed as it was made, and the pages about it fit the narrowest screen."""
    for address in ("mine", "set-up", "app/add", "passkey/add"):
        window.goto(f"{site}/admin/login/{address}/")
        look_at(window, axe_faults)
    window.goto(f"{site}/admin/login/again/?next=/admin/login/mine/")
    look_at(window, axe_faults)
    window.keyboard.type(PASSWORD)
    follow(window.locator("#id_password"), "Enter")
    follow(window.locator(PASSKEY), "Enter")
    assert window.url == f"{site}/admin/login/mine/"
