"""The whole way in a browser, with a real provider on this machine."""

import json
import urllib.request

import pytest

from tests.cast import PASSWORD
from tests.conftest import free_port, running
from tests.following import follow
from tests.mestring.staff.sign_on.real_provider import installed, real_provider
from tests.pages.admin.conftest import watched

pytestmark = [pytest.mark.browser, pytest.mark.proof("sign_on")]
NAME = "Klinikk-ID"
BUTTON = f"Logg inn med {NAME}"


@pytest.fixture(scope="module")
def site(built_site, tmp_path_factory):
    installed()
    port = free_port()
    options = {
        "SIGN_ON_ISSUER": f"http://127.0.0.1:{port}",
        "SIGN_ON_CLIENT": "the-site",
        "SIGN_ON_SECRET": "s3cret-of-the-site",
        "SIGN_ON_NAME": NAME,
    }
    with running(built_site, tmp_path_factory.mktemp("sign-on"), "starter", **options) as site:
        site.provider_port = port
        # Another site for the browser than the provider: its cookies are those of a foreign site's answer.
        site.name = site.url.replace("127.0.0.1", "localhost")
        yield site


@pytest.fixture
def window(chromium):
    context = chromium.new_context(viewport={"width": 320, "height": 740}, locale="nb-NO", reduced_motion="reduce")
    yield watched(context)
    context.close()


def at_provider(window, account):
    window.fill("[name=account]", account)
    window.locator("[name=account]").press("Enter")
    window.wait_for_url("http://localhost:*/**")


def look_at(window, axe_faults):
    assert axe_faults(window) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= 320


def log_out(window, site):
    window.goto(f"{site.name}/admin/")
    follow(window.locator("#logout-form [type=submit]"), "Enter")


def test_the_whole_way(window, site, axe_faults):
    with real_provider(site.provider_port, f"{site.name}/admin/sign-on/back/") as issuer:
        described = json.loads(urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration").read())
        assert described["authorization_response_iss_parameter_supported"] is True
        connect(window, site, axe_faults)
        log_out(window, site)
        look_at(window, axe_faults)
        window.context.clear_cookies()

        window.goto(f"{site.name}/admin/login/?next=/admin/pages/page/")
        follow(window.get_by_role("link", name=BUTTON), "Enter")
        at_provider(window, "4711")
        assert window.url == f"{site.name}/admin/pages/page/"
        come_back_to_words(window, site, axe_faults)
        be_unknown(window, site, axe_faults)
    assert window.faults == []


def connect(window, site, axe_faults):
    window.goto(f"{site.name}/admin/login/?next=/admin/sign-on/connect/")
    window.fill("#id_username", "astrid")
    window.fill("#id_password", PASSWORD)
    follow(window.locator("#login-form [type=submit]"), "Enter")
    look_at(window, axe_faults)
    follow(window.get_by_role("link", name=BUTTON), "Enter")
    at_provider(window, "4711")
    look_at(window, axe_faults)
    follow(window.get_by_role("button", name="Ja, koble til"), "Enter")
    assert "Kontoen din er koblet til" in window.content()


def come_back_to_words(window, site, axe_faults):
    """A login that ends while words are written: they wait in their tab, and no address ever holds them."""
    window.goto(f"{site.name}/admin/pages/claim/add/")
    window.fill("#id_text_nb", "Dette skrev jeg før innloggingen gikk ut.")
    window.context.clear_cookies(name="__Host-session")
    follow(window.locator("[name=_save]"), "Enter")
    look_at(window, axe_faults)
    with window.context.expect_page() as opened:
        window.get_by_role("link", name=BUTTON).press("Enter")
    tab = opened.value
    tab.fill("[name=account]", "4711")
    tab.locator("[name=account]").press("Enter")
    tab.wait_for_url(f"{site.name}/admin/sign-on/done/")
    look_at(tab, axe_faults)
    tab.close()
    follow(window.get_by_role("button", name="Gå videre"), "Enter")
    assert "Dette skrev jeg før innloggingen gikk ut." in window.content()
    window.faults[:] = [fault for fault in window.faults if "403" not in fault]  # the page that asks for the login


def be_unknown(window, site, axe_faults):
    """Another account of the provider with astrid's name and address."""
    window.context.clear_cookies()
    window.goto(f"{site.name}/admin/login/")
    follow(window.get_by_role("link", name=BUTTON), "Enter")
    at_provider(window, "4712")
    assert "ikke koblet til kontoen din" in window.content()
    look_at(window, axe_faults)
    window.faults[:] = [fault for fault in window.faults if "403" not in fault]
