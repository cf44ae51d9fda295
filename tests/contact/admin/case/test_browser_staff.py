"""A working day in a real Chromium: with the keyboard alone, and without JavaScript on a narrow phone."""

import re
import urllib.parse
import urllib.request

import pytest

from tests.cast import PASSWORD
from tests.conftest import run
from tests.contact.conftest import CANARY, PASSPHRASE
from tests.contact.walking import Walker
from tests.pages.admin.conftest import watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-keys")]
RIGHT_EDGES = "all => all.map(one => Math.round(one.getBoundingClientRect().right))"
LET_IN = """
import sys
import django; django.setup()
from django.contrib.auth.models import User
from contact.keys import colleagues, key_holders, recovery
from contact.keys.keyring import newest_key
from contact.keys.generations import remove_server
paper, phrase = sys.argv[1:]
def with_paper(key):
    return key_holders.open_with_recovery(key, paper)
colleagues.let_in([colleagues.enrol(User.objects.get(username="ivar"), phrase)], with_paper)
recovery.prove_paper(paper)
remove_server(with_paper)
"""


@pytest.fixture(scope="module")
def sealed_site(site_server):
    """A site whose server cannot open the inbox; Ivar can."""
    paper = (site_server.data_dir / "keys" / "recovery-paper.txt").read_text(encoding="utf-8")
    run(["-c", LET_IN, paper, PASSPHRASE], site_server.environment)
    return site_server


def write_in(site, **answers):
    address = urllib.request.urlopen(f"{site.url}/kontakt/parorende/").url
    typed = urllib.parse.urlencode(answers | {"step": "send"}).encode()
    page = urllib.request.urlopen(address, typed).read().decode()
    return re.search(r'reference-number">([^<]+)<', page)[1]


@pytest.mark.parametrize(
    ("width", "keyboard"), [pytest.param(1280, True, marks=pytest.mark.proof("inbox")), (320, False)]
)
def test_a_member_of_staff_answers_logs_notes_closes_reopens_searches_and_locks(
    chromium, sealed_site, axe_faults, width, keyboard
):
    reference = write_in(sealed_site, message=CANARY, name="Sol", phone="90000000", may_call="no")
    window = chromium.new_context(
        viewport={"width": width, "height": 900},
        locale="nb-NO",
        java_script_enabled=keyboard,
        reduced_motion="reduce",
    )
    page = watched(window)
    staff = Walker(page, keyboard=keyboard, axe_faults=axe_faults if keyboard else None)

    def look(title, state=""):
        staff.look(f"{title} | Mestringshusene for ansatte", state)

    page.goto(f"{sealed_site.url}/admin/")
    look("Logg inn")
    staff.write("username", "ivar")
    staff.write("password", PASSWORD)
    staff.press("Logg inn")
    look("Hva vil du gjøre?")
    staff.press("Innboks")
    look("Innboks", "locked")
    assert "Sol" not in page.inner_text(".cases")
    staff.press("Lås opp innboksen")
    look("Lås opp innboksen")
    staff.write("passphrase", PASSPHRASE)
    staff.press("Lås opp innboksen")
    look("Innboks")
    staff.press("Ta henvendelsen")
    staff.press(f"Åpne henvendelsen {reference}")
    case = f"Henvendelse {reference}"
    look(case, "just opened")
    assert CANARY in page.inner_text(".letter")

    staff.choose("template", "Vi ringer deg")
    staff.press("Sett den inn i svaret")
    look(case, "with a template")
    reply = page.input_value("[name=reply-text]")
    staff.tick("reply-confirms_nothing")
    staff.press("Send svaret")
    look(case)  # axe's one look at the page: it has all that it has elsewhere, and what is wrong
    assert "Fyll ut det som står mellom doble klammer" in page.inner_text(".case-forms")
    staff.write("reply-text", re.sub(r"\[\[.*?\]\]", "onsdag", reply))
    staff.press("Send svaret")
    look(case, "answered")
    assert "Svaret er sendt." in page.inner_text(".messagelist")

    staff.unfold("Jeg har ringt")
    staff.choose("outside-way", "Ringte")
    staff.choose("outside-outcome", "Fikk ikke svar")
    staff.press("Skriv det opp")
    look(case, "call refused")
    assert "sagt nei til at vi ringer" in page.inner_text(".case-forms")
    staff.write("outside-reason", "Hun ba oss ringe da hun ringte hit.")
    staff.press("Skriv det opp")
    staff.unfold("Internt notat")
    staff.write("note-text", "Mormor heter Ulla.")
    staff.press("Lagre notatet")
    look(case, "with a thread")
    assert page.locator(".letter--note", has_text="Ulla").is_visible()
    assert len(set(page.eval_on_selector_all(".letter", RIGHT_EDGES))) == 1, "one column"

    staff.tick("close-journal")
    staff.press("Lukk")
    look("Innboks")
    assert f"{reference} er lukket." in page.inner_text(".messagelist")
    staff.press("Lukkede")
    staff.press(f"Åpne henvendelsen {reference}")
    staff.press("Åpne igjen")
    look(case, "open again")

    staff.press("Innboks")
    staff.write("words", "ulla")
    staff.press("Søk")
    look("Innboks", "found")
    assert reference in page.inner_text(".cases")
    staff.press("Tilbake til hele innboksen")
    staff.press("Statistikk")
    look("Statistikk")
    staff.press("Innboks")
    staff.press("Lås den")
    look("Innboks", "locked")
    assert "Innboksen er låst" in page.inner_text("#content")
    refused = [fault for fault in page.faults if "422" in fault]
    assert page.faults == refused, "but for the two forms that were refused"
    assert staff.faults == []
    window.close()
