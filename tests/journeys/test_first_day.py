"""The first day of a live site: from an empty machine to the first answer that a sender reads.

FIRST_DAY_PICTURES=folder takes a picture of every page in four looks; `pytest -s` prints what it asked of each.
"""

import re

import pytest
from django.utils import timezone

from tests.conftest import CHROMIUM_ARGUMENTS
from tests.journeys.live_site import HOST, live_site
from tests.journeys.person import Person, table_of

pytestmark = [pytest.mark.browser, pytest.mark.proof("first_day")]
SITE = f"https://{HOST}"
INVITED = {
    "kari": ("Kari", "Nes", ("Innboks", "Nøkkelansvarlige")),
    "ivar": ("Ivar", "Moe", ("Innboks", "Nøkkelansvarlige")),
    "astrid": ("Astrid", "Lie", ("Redaktører", "Fagansvarlige")),
}
QUESTION, ANSWER = (
    "Jeg drikker for mye, og vil snakke med noen.",
    "Takk for at du skrev. Ring oss gjerne i morgen.",
)


@pytest.fixture
def live(tmp_path):
    with live_site(tmp_path) as live:
        yield live


@pytest.fixture
def person(live, chromium, chromium_program, axe_faults):
    """Return a function that gives a person a browser; there the site has its own name, as WebAuthn asks."""
    way = f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{live.secure_port}"
    browser = chromium.browser_type.launch(
        executable_path=chromium_program, args=[*CHROMIUM_ARGUMENTS, way, "--ignore-certificate-errors"]
    )
    yield lambda name, **looks: Person(browser, name, axe=axe_faults, **looks)
    browser.close()


def accept_invitation(person, live):
    """Choose a password by the link in the mail, log in, and make a passkey."""
    person.open(re.search(rf"{SITE}/\S+", live.mail_to(f"{person.name}@example.no"))[0])
    password = f"langt-{person.name}-passord-7391"
    person.write("new_password1", password)
    person.write("new_password2", password)
    person.press("Velg dette passordet")
    person.write("username", person.name)
    person.write("password", password)
    person.run_scripts(True)
    person.press("Logg inn")
    person.press("Lag en passnøkkel")
    person.run_scripts(person.scripts)
    person.press("Jeg har dem")


def invite_all(berit):
    assert "Færre enn to kolleger kan lese henvendelser." in berit.text()
    berit.press("Færre enn to kolleger")
    for name, (first, last, roles) in INVITED.items():
        for field, words in (("username", name), ("first_name", first), ("last_name", last)):
            berit.write(field, words)
        berit.write("email", f"{name}@example.no")
        for role in roles:
            berit.tick_box(berit.page.locator("label", has_text=f"{role} –").locator("input"))
        berit.press("Lagre og legg til ny" if name != "astrid" else "Lagre")
    assert "astrid er invitert" in berit.text()


def choose_passphrase(nurse):
    words = nurse.page.locator(".offered-words").first.inner_text()
    nurse.write("new", words)
    nurse.write("again", words)
    nurse.press("Bruk denne passordsetningen")
    return words


def hold_ceremony(kari, ivar):
    """Prove the paper, choose two passphrases, let the second colleague in; return the second's passphrase."""
    kari.press("Ingen kollega har egen nøkkel")
    kari.press("Vis arket én gang")
    lines = re.findall(r"^\s+\d\)\s+(.+)$", kari.page.inner_text("pre"), re.MULTILINE)
    kari.press("Jeg har skrevet det ut")
    kari.write("typed", "\n".join(lines))
    kari.press("Prøv gjenopprettingsarket")
    kari.press("Velg din egen passordsetning")
    choose_passphrase(kari)
    ivar.press("Velg passordsetningen din")
    passphrase = choose_passphrase(ivar)
    code = ivar.page.inner_text(".check-code")
    kari.press("Hvem kan åpne innboksen")
    kari.write(kari.page.locator("[name^=code-]").get_attribute("name"), code)
    kari.press("Slipp dem inn")
    kari.press("Ta nøkkelen fra serveren")
    assert "Alt er gjort" in kari.text()
    return passphrase


def review_pages(astrid):
    """Write down who has read each page with health advice, then with a tick; each save leads to the next."""
    today = timezone.localdate()
    astrid.press("15 sider med helseråd")
    astrid.press(astrid.page.locator("#result_list tbody a").first)
    for left in range(14, -1, -1):
        if left == 14:
            astrid.write("reviewed_by", "Astrid Lie, overlege")
            astrid.write("next_review_on", f"{today.replace(year=today.year + 2, day=1)}")
        astrid.tick("reviewed_now")
        astrid.press(astrid.page.locator("[name=_publish]").first)
        assert "Publisert." in astrid.said()
        if left:
            astrid.press(astrid.page.locator(".messagelist a"))
    assert "gjenstår" not in astrid.said()


def code_in_mail(live):
    """Return the code of the test mail; mail about her account came before."""
    while True:
        if found := re.search(r"\d{4} \d{4}", live.mail_to("berit@example.no")):
            return found[0]


def launch(berit, live):
    """Write down that the numbers were rung which visitors see, and a drill; type the code of the mail; tick."""
    berit.press("Hjem")
    berit.press("8 hjelpetelefoner er ikke kontrollert (3 vises for besøkende)")
    for row in range(3):  # 113, 112 and 116 117
        berit.press(berit.page.locator("#result_list tbody tr").nth(row).locator("a").first)
        berit.write("verified_on", f"{timezone.localdate()}")
        berit.press("Lagre")
    live.site.manage("nightly_backup")
    berit.press("Hjem")
    berit.press("Åpne lanseringslisten")
    berit.press("Ingen øvd gjenoppretting er notert ennå.")
    berit.write("who", "Dag Drift")
    berit.press("Lagre")
    assert "Nothing is wrong." in live.site.manage("doctor", "--mail", "berit@example.no")
    code = code_in_mail(live)
    berit.press("Hjem")
    assert "Siste sikkerhetskopi: " in berit.text()
    berit.press("Åpne lanseringslisten")
    berit.write("mail_code", code)
    for box in berit.page.locator("[name=confirmed]").all():
        berit.tick_box(box)
    berit.press("Lagre")
    assert "Alt er bekreftet." in berit.text()


def write_to_the_clinic(sol):
    """Send an inquiry that asks for an answer here; return the code."""
    sol.open(f"{SITE}/")
    sol.press("Kontakt")
    sol.press("Jeg trenger hjelp")
    sol.write("message", QUESTION)
    sol.tick("reach", "ArrowUp")  # only here, with the code
    sol.press("Se over")
    sol.press("Send")
    code = sol.page.inner_text(".return-code")
    sol.press("Jeg har tatt vare på den")
    return code


def answer(ivar, live, passphrase):
    assert "Logg inn" in live.mail_to("inntak@example.no")
    ivar.press("Hjem")
    ivar.press("Innboks")
    ivar.press("Lås opp innboksen")
    ivar.write("passphrase", passphrase)
    ivar.press("Lås opp innboksen")
    ivar.press("Åpne henvendelsen")
    assert QUESTION in ivar.text()
    ivar.write("reply-text", ANSWER)
    ivar.press("Send svaret")
    assert "Svaret er sendt." in ivar.said()


def read_answer(sol, code):
    sol.open(f"{SITE}/kontakt/")
    sol.press("Har du skrevet til oss?")
    sol.write("code", code)
    sol.press("Åpne")
    assert ANSWER in sol.text()


def test_from_an_empty_live_site_to_an_answer_that_its_sender_reads(live, person):
    live.site.manage("invite_administrator", "berit", "berit@example.no")
    berit = person("berit", width=1280, keyboard=True)
    accept_invitation(berit, live)
    invite_all(berit)
    kari = person("kari", width=360, keyboard=True)
    ivar = person("ivar", width=320, scheme="dark", keyboard=True, scripts=False)
    astrid = person("astrid", width=1280, scheme="dark")
    for one in (kari, ivar, astrid):
        accept_invitation(one, live)
    passphrase = hold_ceremony(kari, ivar)
    review_pages(astrid)
    launch(berit, live)
    sol = person("sol", width=320, keyboard=True, scripts=False)
    code = write_to_the_clinic(sol)
    answer(ivar, live, passphrase)
    read_answer(sol, code)
    people = [berit, kari, ivar, astrid, sol]
    print(table_of(people))
    assert {one.name: one.faults for one in people if one.faults} == {}
