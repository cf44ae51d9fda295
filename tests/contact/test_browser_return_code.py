"""The sender's whole journey in a real Chromium: with the keyboard alone, without JavaScript."""

import pytest

from tests.conftest import run

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
REPLY = """
import sys, uuid
import django; django.setup()
from django.contrib.auth.models import User
from contact import answering
from contact.models import Inquiry
inquiry = Inquiry.objects.get(reference=sys.argv[1])
answering.reply(inquiry, "Ring oss gjerne.", User.objects.get(username="ivar"), form=uuid.uuid4(), seen=None)
"""


def test_a_sender_comes_back_with_the_code_reads_writes_and_deletes(chromium, site_server, axe_faults):
    window = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="nb-NO", java_script_enabled=False
    )
    page, faults = window.new_page(), []
    # axe is a script: it looks at a copy of each page, in a window that runs scripts.
    looking = chromium.new_context(viewport={"width": 360, "height": 740})
    copy = looking.new_page()
    copy.route(
        "**/copy/", lambda route: route.fulfill(body=page.content(), content_type="text/html; charset=utf-8")
    )

    def press(name):
        """Go to a button or a link with the Tab key, and press Enter on it."""
        wanted = page.locator("main").get_by_role("button", name=name, exact=True)
        wanted = wanted.or_(page.locator("main").get_by_role("link", name=name, exact=True)).first
        go_to(wanted)
        enter()

    def enter():
        with page.expect_navigation():
            page.keyboard.press("Enter")

    def go_to(wanted):
        for _tab in range(80):
            if wanted.evaluate("one => one === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError("the Tab key does not lead there")

    def judge(title):
        assert page.title() == title
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        copy.goto(site_server.url + "/copy/")
        faults.extend(f"{title}: {fault}" for fault in axe_faults(copy))

    page.goto(site_server.url + "/kontakt/parorende/")
    go_to(page.locator("[name=message]"))
    page.keyboard.type("Jeg er redd for broren min.")
    go_to(page.locator("[name=reach]").first)
    page.keyboard.press("ArrowUp")  # round to the last: only with the code
    press("Se over")
    judge("Se over")
    assert "Bare her, med koden" in page.inner_text("main")
    press("Endre")
    assert page.input_value("[name=message]") == "Jeg er redd for broren min."
    press("Se over")
    press("Send")
    judge("Mottatt")
    code, reference = page.inner_text(".return-code"), page.inner_text(".reference-number")
    assert not page.is_visible("text=Kopier koden")
    page.emulate_media(media="print")
    seen = [box for box in (".slip", "header", "footer", "h1", ".reference-number") if page.is_visible(box)]
    assert seen == [".slip"], "what is printed names neither us nor the matter"
    page.emulate_media(media="screen")
    press("Jeg har tatt vare på den")
    judge("Takk")
    assert code not in page.content()

    run(["-c", REPLY, reference], site_server.environment)

    page.goto(site_server.url + "/kontakt/svar/")
    go_to(page.locator("[name=code]"))
    page.keyboard.type("ikke koden")
    enter()
    judge("Feil: Les svaret vårt")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    go_to(page.locator("[name=code]"))
    page.keyboard.press("Control+A")
    page.keyboard.type(code.replace("\n", " ").lower())
    enter()
    judge("Svar")
    assert "Ring oss gjerne." in page.inner_text("main")
    assert "broren" not in page.content()
    go_to(page.locator("[name=message]"))
    page.keyboard.type("Det gjør jeg i morgen.")
    press("Send")
    judge("Mottatt")
    press("Tilbake til svarene")
    assert page.locator(".thread li").count() == 3
    press("Slett alt")
    judge("Slette alt?")
    press("Nei, gå tilbake")
    press("Slett alt")
    press("Ja, slett alt")
    judge("Slettet")
    page.goto(site_server.url + "/kontakt/svar/")
    page.fill("[name=code]", code)
    press("Åpne")
    judge("Slettet")
    assert window.cookies() == []
    assert faults == []
    looking.close()
    window.close()
