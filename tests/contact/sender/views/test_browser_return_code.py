"""The sender's whole journey in a real Chromium: with the keyboard alone, and without JavaScript on a phone."""

import pytest
from playwright.sync_api import expect

from tests.conftest import run
from tests.contact.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WORDS = "Jeg er redd for broren min."
REPLY = """
import sys, uuid
import django; django.setup()
from django.contrib.auth.models import User
from contact.cases.writing import replies
from contact.models import Inquiry
inquiry = Inquiry.objects.get(reference=sys.argv[1])
replies.reply(inquiry, "Ring oss gjerne.", User.objects.get(username="ivar"), form=uuid.uuid4(), seen=None)
"""


def prints_nothing_but_the_code(page):
    page.emulate_media(media="print")
    seen = [box for box in (".slip", "header", "footer", "h1", ".reference-number") if page.is_visible(box)]
    page.emulate_media(media="screen")
    return seen == [".slip"]


def says_when_the_browser_forbids_copying(page, code):
    session = page.context.new_cdp_session(page)
    denied = {"permission": {"name": "clipboard-write"}, "setting": "denied", "origin": page.evaluate("origin")}
    session.send("Browser.setPermission", denied)
    page.click("text=Kopier koden")
    expect(page.locator(".code-tools [role=status]")).to_have_text(
        "Koden kunne ikke kopieres. Skriv den av, eller skriv den ut."
    )
    assert page.evaluate("getSelection().toString()").split() == code.split()
    page.get_by_text("Kopier koden").focus()  # the walk goes on from here: a selection takes the focus away


@pytest.mark.parametrize(
    ("width", "keyboard"), [pytest.param(1280, True, marks=pytest.mark.proof("inbox")), (320, False)]
)
def test_a_sender_writes_comes_back_with_the_code_reads_writes_and_deletes(
    chromium, every_kind_site, axe_faults, width, keyboard
):
    window = chromium.new_context(
        viewport={"width": width, "height": 740},
        locale="nb-NO",
        java_script_enabled=keyboard,
        reduced_motion="reduce",
    )
    page = window.new_page()
    sender = Walker(page, keyboard=keyboard, axe_faults=axe_faults if keyboard else None)

    page.goto(every_kind_site.url + "/kontakt/")
    sender.look("Kontakt – Mestringshusene")
    sender.press("Jeg er pårørende eller venn")
    sender.look("Jeg er pårørende – Mestringshusene")
    sender.press("Se over")
    sender.look("Feil: Jeg er pårørende – Mestringshusene")
    expect(page.get_by_role("alert")).to_be_focused()
    sender.write("message", WORDS)
    sender.tick("reach", "ArrowUp")  # round to the last: only with the code
    sender.press("Se over")
    sender.look("Se over")
    assert "Bare her, med koden" in page.inner_text("main")
    sender.press("Endre")
    assert page.input_value("[name=message]") == WORDS
    sender.press("Se over")
    sender.press("Send")
    sender.look("Mottatt")
    code, reference = page.inner_text(".return-code"), page.inner_text(".reference-number")
    assert page.is_visible("text=Kopier koden") == keyboard, "only where it works"
    assert prints_nothing_but_the_code(page), "what is printed names neither us nor the matter"
    if keyboard:
        says_when_the_browser_forbids_copying(page, code)
    sender.press("Jeg har tatt vare på den")
    sender.look("Takk")
    assert code not in page.content()

    run(["-c", REPLY, reference], every_kind_site.environment)

    page.goto(every_kind_site.url + "/kontakt/")
    sender.press("Har du skrevet til oss?")
    sender.write("code", "ikke koden")
    sender.press("Åpne")
    sender.look("Feil: Les svaret vårt")
    expect(page.get_by_role("alert")).to_be_focused()
    sender.write("code", code.replace("\n", " ").lower())
    sender.press("Åpne")
    sender.look("Svar")
    assert "Ring oss gjerne." in page.inner_text("main")
    assert "broren" not in page.content()
    sender.write("message", "Det gjør jeg i morgen.")
    sender.press("Send")
    sender.look("Mottatt")
    sender.press("Tilbake til svarene")
    assert page.locator(".thread li").count() == 3
    sender.press("Slett alt")
    sender.look("Slette alt?")
    sender.press("Nei, gå tilbake")
    sender.press("Slett alt")
    sender.press("Ja, slett alt")
    sender.look("Slettet")
    page.goto(every_kind_site.url + "/kontakt/svar/")
    sender.write("code", code)
    sender.press("Åpne")
    sender.look("Slettet")
    assert window.cookies() == []
    assert sender.faults == []
    window.close()
