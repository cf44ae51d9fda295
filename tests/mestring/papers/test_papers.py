"""The papers say what the site does: each rule, each role and each number from where the program reads it."""

import re
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from itertools import chain

import html5lib
import pytest
from django.conf import settings as site
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from contact.keys.first_generation import make_keyring
from contact.models import Grant
from contact.retention.rules import NOT_PERSONAL, RULES
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from mestring.papers.activities import read_activities
from mestring.papers.questions import asked_by_forms
from mestring.papers.risks import read_risks
from mestring.papers.writing import PAPERS, draw_papers
from mestring.roles import RIGHTS
from mestring.staff.login import session_times
from pages.models import Clinic
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db
RECORD, DPIA, PROCESSORS = PAPERS
SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def words(paper):
    """Return what a reader of this paper reads, with single spaces."""
    text = draw_papers(timezone.now())[paper]
    return " ".join(unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL)).split())


def on_one_line(text):
    return " ".join(str(text).split())


def test_the_command_writes_three_papers_and_names_them(tmp_path, capsys):
    call_command("papers", tmp_path / "papers")
    assert capsys.readouterr().out.split() == [str(tmp_path / "papers" / name) for name in PAPERS]
    for name in PAPERS:
        assert (tmp_path / "papers" / name).stat().st_size > 3_000


def test_a_paper_that_a_person_may_have_filled_in_is_not_written_over(tmp_path):
    (tmp_path / DPIA).write_text("vurdert")
    with pytest.raises(CommandError):
        call_command("papers", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [DPIA]
    assert (tmp_path / DPIA).read_text() == "vurdert"


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    with pytest.raises(CommandError):
        call_command("papers", tmp_path / "missing" / "papers")
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError):
        call_command("papers", tmp_path / "file")


@pytest.mark.parametrize("paper", [RECORD, DPIA])
def test_every_rule_of_erasing_stands_in_it(paper):
    text = words(paper)
    with translation.override("nb"):
        for rule in set(chain(*RULES.values())) - {NOT_PERSONAL}:
            assert on_one_line(f"{rule.about}: {rule.sentence()}") in text


def test_every_model_that_a_rule_is_about_belongs_to_one_activity():
    named = [model for activity in read_activities() for model in activity.models]
    assert sorted(named) == sorted(RULES)


def test_the_dpia_names_each_field_about_a_person():
    text = words(DPIA)
    for model, rules in RULES.items():
        for fields in (fields for rule, fields in rules.items() if rule != NOT_PERSONAL):
            assert re.search(rf"{model} .{{0,120}}? {fields}", text), model


@pytest.mark.parametrize("paper", [RECORD, DPIA])
def test_every_role_stands_in_it_and_whether_it_reads_inquiries(paper):
    text = words(paper)
    for role in RIGHTS:
        own = text.partition(f" {role} Se")[2] or text.partition(f" {role} Endre")[2]
        assert own, role
        if role != "Innboks":
            assert "Rollen gir ingen rett til å lese henvendelser." in own.partition("Sikkerhetstiltak")[0]
    assert text.count("Rollen gir ingen rett til å lese henvendelser.") == len(RIGHTS) - 1
    assert "Innboks Se og endre: henvendelser. Se: innsynslogg. Se, legge til og endre: svarmaler. Nøkkel" in text


def test_a_right_that_is_given_stands_in_the_paper(monkeypatch):
    monkeypatch.setitem(RIGHTS, "Fagansvarlige", [*RIGHTS["Fagansvarlige"], "contact.change_inquiry"])
    assert "Fagansvarlige Se og skrive ned fagvurdering av: sider. Endre: henvendelser. Innboks" in words(RECORD)


def test_changed_settings_change_the_numbers(settings, monkeypatch):
    settings.INQUIRY_RETENTION_DAYS = 41
    settings.QUARANTINE_RETENTION_DAYS = 42
    settings.TOMBSTONE_RETENTION_DAYS = 943
    settings.AUDIT_RETENTION_DAYS = 1444
    settings.INQUIRY_ESCALATION_DAYS = 145
    settings.INQUIRIES_PER_HOUR = 46
    monkeypatch.setattr(session_times, "LONGEST", timedelta(hours=7))
    text = words(RECORD)
    assert "Slettes 41 dager etter at henvendelsen ble lukket. Det som kan være søppel: 42 dager" in text
    assert "en lukket henvendelse etter 41 dager, det som kan være søppel, etter 42 dager" in text
    assert "Slettes etter 943 dager" in text
    assert "1444 dager etter at måneden er over" in text
    assert "Etter 145 dager får ansatte spørsmål" in text
    assert "Ett nettverk kan sende 46 henvendelser i timen" in text
    assert "uansett 7 timer etter at den begynte" in text
    for default in ("30 dager etter at henvendelsen", "730", "1096", "180 dager", "60 henvendelser", "10 timer"):
        assert default not in text


def test_what_is_off_is_said_to_be_off(settings):
    make_keyring()
    settings.SECOND_FACTOR_REQUIRED, settings.BACKUP_KEY, settings.BEHIND_HTTPS = False, "", False
    assert Grant.objects.filter(principal=Grant.Principal.SERVER).exists()
    text = words(RECORD)
    for said in (
        "Innlogging i to steg er ikke påkrevd.", "Nøkkel for sikkerhetskopier er ikke satt",
        "Serveren har selv en nøkkel til innboksen.", "ikke satt opp til bare å svare over https",
    ):  # fmt: skip
        assert said in text
    settings.SECOND_FACTOR_REQUIRED, settings.BACKUP_KEY, settings.BEHIND_HTTPS = True, "ab" * 32, True
    Grant.objects.filter(principal=Grant.Principal.SERVER).delete()
    text = words(RECORD)
    for said in (
        "Alle ansatte logger inn i to steg.", "Sikkerhetskopier er kryptert",
        "Serveren kan ikke selv åpne henvendelsene.", "Nettstedet svarer bare over https.",
    ):  # fmt: skip
        assert said in text


def test_processors_are_named_by_host_alone(settings, monkeypatch):
    settings.SITE_ADDRESS = "https://www.klinikk.example"
    settings.EMAIL_BACKEND = "contact.notifications.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER = "smtp.leverandor.example", "epostbruker"
    settings.EMAIL_HOST_PASSWORD = "epostpassord"
    settings.INQUIRY_NOTIFY = ["kari.nordmann@postkasse.example", "Ola <ola.nordmann@postkasse.example>"]
    settings.OPERATOR_MAIL = "drift.person@annen.example"
    settings.DEFAULT_FROM_EMAIL = settings.ANSWER_FROM_EMAIL = "fra.person@klinikk.example"
    settings.SIGN_ON_ISSUER = "https://login.example/leietaker-hemmelig/v2.0"
    settings.SIGN_ON_CLIENT, settings.SIGN_ON_SECRET = "klientnavn", "innloggingshemmelighet"
    other = {**site.DATABASES["default"], "HOST": "db.example", "PASSWORD": "dbpassord"}
    monkeypatch.setattr(site, "DATABASES", {"default": other})
    text = words(PROCESSORS)
    for host in (
        "www.klinikk.example", "smtp.leverandor.example", "postkasse.example, annen.example", "login.example",
        "db.example",
    ):  # fmt: skip
        assert f"Fra innstillingene {host} Opplysninger" in text
    everything = "".join(draw_papers(timezone.now()).values())
    for secret in (
        "epostbruker", "epostpassord", "nordmann", "drift.person", "fra.person", "leietaker", "klientnavn",
        "innloggingshemmelighet", "dbpassord", settings.SECRET_KEY, settings.RECEIPT_SECRET,
        str(settings.DATA_DIR), str(settings.KEY_DIR), "@example", "@klinikk",
    ):  # fmt: skip
        assert secret not in everything


def test_a_socket_s_folder_is_the_same_machine_and_no_path_is_named(monkeypatch):
    other = {**site.DATABASES["default"], "HOST": "/var/run/postgresql"}
    monkeypatch.setattr(site, "DATABASES", {"default": other})
    assert "2. Databasen Fra innstillingene Samme maskin som nettstedet Opplysninger" in words(PROCESSORS)


def test_no_person_and_no_word_of_an_inquiry_stands_in_them():
    make_keyring()
    receive("patient", "nb", {"message": "Kanariordet gulspurv", "name": "Kanarinavn"}, nonce_of(new_token()))
    User.objects.create_user("kanaribruker", "kanari@bruker.example", first_name="Kanarifornavn")
    assert "kanari" not in "".join(draw_papers(timezone.now()).values()).lower()


def test_the_clinic_s_name_comes_from_its_facts_and_is_a_line_without_them():
    Clinic.objects.all().delete()
    assert "Behandlingsansvarlig Virksomhet: Telefon: Organisasjonsnummer:" in words(RECORD)
    Clinic.objects.create(name="Klinikken <Bekken>", phone="+4711223344")
    text = words(RECORD)
    assert "Virksomhet Klinikken <Bekken> Telefon 11 22 33 44" in text
    assert "Organisasjonsnummer: Adresse: Øverste leder: Personvernombud, med kontaktopplysninger:" in text


def test_judgements_are_empty_lines():
    text = words(DPIA)
    assert text.count("Sannsynlighet: Konsekvens: Vurdering:") == len(read_risks())
    assert "Vurdering: 2. Hva som skjer" in text
    assert "Behandlingsgrunnlag:" in words(RECORD)
    assert words(PROCESSORS).count("Databehandleravtale, dato: Land, og grunnlag for overføring:") == 6


def test_the_risks_are_those_of_the_threat_model():
    rows = SECURITY.partition("## Threat model")[2].partition("## What is promised")[0]
    known = re.findall(r"^\| ((?!Who).+?) \|", rows, flags=re.MULTILINE)
    assert [risk.known_as for risk in read_risks()] == known


def test_the_measures_stand_under_each_heading_of_what_is_promised():
    promised = SECURITY.partition("## What is promised")[2].partition("## What is not promised")[0]
    source = (ROOT / "templates" / "papers" / "measures.html").read_text(encoding="utf-8")
    assert re.findall(r"{# docs/security.md: (.+) #}", source) == re.findall(
        r"^### (.+)$", promised, flags=re.MULTILINE
    )


def test_what_the_forms_ask_stands_in_the_dpia_and_only_the_message_must_be_answered():
    text = words(DPIA)
    with translation.override("nb"):
        for form in asked_by_forms():
            assert len(form.required) == 1, "then templates/papers/dpia.html says too little"
            assert f"{form.role} {form.required[0]} Må fylles ut. {' '.join(form.optional)} " in text
        assert [form.role for form in asked_by_forms()] == ["Trenger hjelp", "Pårørende", "Henviser"]


class Links(HTMLParser):
    """Collects what a browser would fetch or run."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        names = {name for name, _value in attrs}
        if tag in {"script", "link", "img", "iframe", "a", "form"} or names & {"src", "href", "style", "onclick"}:
            self.found.append(tag)


@pytest.mark.parametrize("paper", PAPERS)
def test_it_is_sound_html_without_script_or_link_and_stands_alone(paper):
    text = draw_papers(timezone.now())[paper]
    html5lib.HTMLParser(strict=True).parse(text)
    links = Links()
    links.feed(text)
    assert links.found == []
    assert "url(" not in text
    assert "@import" not in text
    assert '<html lang="nb">' in text
    assert "@media print" in text
