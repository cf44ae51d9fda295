"""What is typed on a case is kept meanwhile: leaving asks about nothing that is kept, and logging out keeps it."""

import urllib.parse
import urllib.request
from uuid import UUID

import pytest

from tests import site_database
from tests.cast import PASSWORD
from tests.following import follow
from tests.pages.admin.conftest import logged_in, staff_window  # noqa: F401 (fixtures are found by name)

pytestmark = [pytest.mark.browser, pytest.mark.proof("inbox"), pytest.mark.xdist_group("browser-keys")]
REPLY = "[name=reply-text]"
UNTIL_LEAVING_ASKS_NOTHING = """() => new Promise(done => {
    let looks = 0
    const look = () => {
        const leaving = new Event("beforeunload", {cancelable: true})
        dispatchEvent(leaving)
        if (leaving.defaultPrevented && (looks += 1) < 200) setTimeout(look, 50)
        else done()
    }
    look()
})"""


@pytest.fixture
def case(site_server):
    """Return the address of a case that has just come."""
    address = urllib.request.urlopen(f"{site_server.url}/kontakt/pasient/").url
    urllib.request.urlopen(address, urllib.parse.urlencode({"message": "Hei", "step": "send"}).encode()).close()
    newest = "SELECT id FROM contact_inquiry ORDER BY received_at DESC LIMIT 1"
    ((number,),) = site_database.ask(site_server.data_dir, newest)
    return f"{site_server.url}/admin/contact/inquiry/{UUID(str(number))}/change/"


def test_kept_words_are_left_unasked_and_logging_out_keeps_the_last_ones(staff_window, case):  # noqa: F811 (pytest's way)
    window = staff_window("ivar")
    asked = []
    window.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    window.goto(case)
    window.locator(REPLY).click()
    with window.expect_response(lambda answer: answer.url.endswith("/draft/") and answer.status == 204):
        window.keyboard.type("Takk for at du skrev.")
    window.evaluate(UNTIL_LEAVING_ASKS_NOTHING)  # the page, too, has heard the answer
    follow(window.get_by_role("link", name="Innboks").first)
    assert asked == []

    window.goto(case)
    window.locator(REPLY).click()
    window.keyboard.press("Control+End")
    window.keyboard.type(" Vi ringer i morgen.")
    with window.expect_navigation(url="**/logout/"):
        window.get_by_role("button", name="Logg ut").click()
    assert asked == []
    window.goto(case)
    window.locator("#id_username").fill("ivar")
    window.locator("#id_password").fill(PASSWORD)
    follow(window.get_by_role("button", name="Logg inn"))
    assert window.locator(REPLY).input_value() == "Takk for at du skrev. Vi ringer i morgen."
    assert window.faults == []


def test_a_draft_that_never_arrives_stops_neither_newer_words_nor_logging_out(staff_window, case):  # noqa: F811 (pytest's way)
    window = staff_window("ivar")
    window.clock.install()
    window.route("**/draft/", lambda _route: None)  # neither sent on nor answered
    window.goto(case)
    window.locator(REPLY).click()

    def type_and_wait(words):
        with window.expect_request("**/draft/"):
            window.keyboard.type(words)
            window.clock.fast_forward(3_000)

    type_and_wait("Hei")
    with window.expect_event("requestfailed"):  # it could arrive after the newer one
        type_and_wait(" Sol")
    with window.expect_request("**/draft/"):
        window.get_by_role("button", name="Logg ut").click()
    with window.expect_navigation(url="**/logout/"):
        window.clock.fast_forward(10_000)
