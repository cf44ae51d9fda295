"""The launch list is ticked by administrators, and no tick says what the site knows to be wrong."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from contact.keys import recovery
from contact.keys.first_generation import make_keyring
from contact.keys.key_holders import paper_file
from mestring.backup.watch.models import RestoreDrill
from mestring.staff.management.commands import doctor
from pages.models import Helpline, LaunchConfirmation, Page
from tests import factories
from tests.mestring.doctor.test_planted_faults import certificate, serving

pytestmark = pytest.mark.django_db
LIST = "/admin/pages/launchconfirmation/"


def test_a_tick_records_who_confirmed(administrator_client, administrator):
    administrator_client.post(LIST, {"confirmed": ["helplines", "two_staff"]})
    assert set(LaunchConfirmation.objects.values_list("item", "confirmed_by")) == {
        ("helplines", administrator.pk),
        ("two_staff", administrator.pk),
    }


def test_saving_again_keeps_who_confirmed_first(administrator_client, editor):
    LaunchConfirmation.objects.create(item="helplines", confirmed_by=editor)
    administrator_client.post(LIST, {"confirmed": ["helplines"]})
    assert LaunchConfirmation.objects.get().confirmed_by == editor


def test_taking_a_tick_away_withdraws_the_confirmation(administrator_client, editor):
    LaunchConfirmation.objects.create(item="helplines", confirmed_by=editor)
    administrator_client.post(LIST, {})
    assert not LaunchConfirmation.objects.exists()
    assert LogEntry.objects.get().is_deletion()


def test_a_page_that_was_opened_before_a_colleague_ticked_takes_no_tick_of_theirs_away(
    administrator_client, accounts_client
):
    page = administrator_client.get(LIST).text
    shown = re.findall(r'<input type="hidden" name="shown" value="(.*?)">', page)
    accounts_client.post(LIST, {"confirmed": ["native_reader"]})
    administrator_client.post(LIST, {"shown": shown, "confirmed": ["legal_review"]})
    assert set(LaunchConfirmation.objects.values_list("item", flat=True)) == {"native_reader", "legal_review"}
    page = administrator_client.get(LIST).text
    shown = re.findall(r'<input type="hidden" name="shown" value="(.*?)">', page)
    administrator_client.post(LIST, {"shown": shown, "confirmed": ["native_reader"]})
    assert LaunchConfirmation.objects.get().item == "native_reader"


def test_an_item_that_does_not_exist_is_refused(administrator_client):
    assert administrator_client.post(LIST, {"confirmed": ["free_coffee"]}).status_code == 200
    assert not LaunchConfirmation.objects.exists()


def test_an_editor_cannot_confirm_anything(editor_client):
    assert editor_client.post(LIST, {"confirmed": ["helplines"]}).status_code == 403
    assert not LaunchConfirmation.objects.exists()


def test_two_staff_cannot_be_confirmed_while_one_person_alone_can_open_the_inbox(administrator_client):
    User.objects.filter(username="ivar").update(is_active=False)
    answer = administrator_client.post(LIST, {"confirmed": ["two_staff", "native_reader"]})
    assert "1 person kan åpne innboksen." in answer.text
    assert not LaunchConfirmation.objects.exists()


def test_two_staff_cannot_be_confirmed_while_the_server_can_open_the_inbox(administrator_client):
    make_keyring()
    answer = administrator_client.post(LIST, {"confirmed": ["two_staff"]})
    assert "Serveren kan fortsatt åpne innboksen" in answer.text
    assert not LaunchConfirmation.objects.exists()


def test_clinical_review_cannot_be_confirmed_while_a_page_with_health_advice_lacks_it(administrator_client):
    page = factories.draft()
    Page.objects.filter(pk=page.pk).update(clinical=True)
    administrator_client.post(LIST, {"confirmed": ["clinical_review"]})
    assert not LaunchConfirmation.objects.exists()
    Page.objects.filter(pk=page.pk).update(reviewed_on=timezone.localdate())
    administrator_client.post(LIST, {"confirmed": ["clinical_review"]})
    assert LaunchConfirmation.objects.exists()


def test_helplines_cannot_be_confirmed_while_an_unchecked_one_is_shown(administrator_client):
    factories.clinic()
    assert "3 numre vises uten at noen har kontrollert dem." in administrator_client.get(LIST).text
    administrator_client.post(LIST, {"confirmed": ["helplines"]})
    assert not LaunchConfirmation.objects.exists()
    Helpline.objects.update(verified_on=timezone.localdate())
    administrator_client.post(LIST, {"confirmed": ["helplines"]})
    assert LaunchConfirmation.objects.get().item == "helplines"


def test_a_confirmation_stays_when_the_facts_change_later(administrator_client, editor):
    LaunchConfirmation.objects.create(item="helplines", confirmed_by=editor)
    factories.clinic()
    administrator_client.post(LIST, {"confirmed": ["helplines", "native_reader"]})
    assert LaunchConfirmation.objects.count() == 2


def test_the_first_page_shows_administrators_what_is_left_and_where_to_mend_it(
    administrator_client, editor_client
):
    factories.clinic()
    LaunchConfirmation.objects.create(item="native_reader")
    text = administrator_client.get("/admin/").text
    assert f"{len(LaunchConfirmation.Item) - 1} punkter gjenstår" in text
    assert '<a href="/admin/pages/helpline/">' in text
    assert "gjenstår" not in editor_client.get("/admin/").text


def test_the_first_page_says_nothing_of_launching_once_the_site_is_launched(administrator_client):
    for item in LaunchConfirmation.Item:
        LaunchConfirmation.objects.create(item=item)
    assert "gjenstår" not in administrator_client.get("/admin/").text


def test_the_recovery_paper_cannot_be_confirmed_before_it_is_proven_and_its_file_is_gone(
    administrator_client,
):
    make_keyring()
    administrator_client.post(LIST, {"confirmed": ["recovery_paper"]})
    recovery.prove_paper(paper_file().read_text(encoding="utf-8"))
    administrator_client.post(LIST, {"confirmed": ["recovery_paper"]})
    assert not LaunchConfirmation.objects.exists()
    paper_file().unlink()
    administrator_client.post(LIST, {"confirmed": ["recovery_paper"]})
    assert LaunchConfirmation.objects.get().item == "recovery_paper"


@pytest.fixture
def nearly_launched(cast, settings):
    """Return a list of which only one item without evidence is left, on a site with single sign-on."""
    settings.SIGN_ON_ISSUER, settings.SIGN_ON_NAME = "https://login.example", "Klinikk-ID"
    ticked = [item for item in LaunchConfirmation.Item if item != "native_reader"]
    LaunchConfirmation.objects.bulk_create(LaunchConfirmation(item=item) for item in ticked)
    return {"confirmed": [*ticked, "native_reader"]}


def with_passkey(*people):
    for person in people:
        Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={})


def test_the_last_tick_waits_for_two_administrators_who_get_in_while_the_provider_is_away(
    administrator_client, administrator, accounts, nearly_launched
):
    with_passkey(administrator)
    assert "1 administrator har en passnøkkel" in administrator_client.get(LIST).text
    refused = administrator_client.post(LIST, nearly_launched)
    assert refused.text.count("1 administrator har en passnøkkel") == 2  # on the line, and above the list
    assert not LaunchConfirmation.objects.filter(item="native_reader").exists()
    with_passkey(accounts)
    assert "To administratorer har en passnøkkel som er laget her." in administrator_client.get(LIST).text
    administrator_client.post(LIST, nearly_launched)
    assert LaunchConfirmation.objects.filter(item="native_reader").exists()


def test_the_last_tick_waits_also_on_a_page_that_was_opened_before_colleagues_ticked_the_others(
    administrator_client, nearly_launched
):
    alone = administrator_client.post(LIST, {"shown": [""], "confirmed": ["native_reader"]})
    assert "passnøkkel" in alone.text
    assert not LaunchConfirmation.objects.filter(item="native_reader").exists()


def test_other_ticks_do_not_wait_for_it_and_neither_does_a_list_that_is_saved_as_it_is(
    administrator_client, nearly_launched
):
    LaunchConfirmation.objects.filter(item="legal_review").delete()
    administrator_client.post(LIST, {"confirmed": nearly_launched["confirmed"][:-1]})
    assert LaunchConfirmation.objects.filter(item="legal_review").exists()
    LaunchConfirmation.objects.create(item="native_reader")
    assert administrator_client.post(LIST, nearly_launched).status_code == 302


def test_without_single_sign_on_the_list_asks_for_no_passkey(administrator_client, nearly_launched, settings):
    settings.SIGN_ON_ISSUER = ""
    assert "passnøkkel" not in administrator_client.get(LIST).text
    assert administrator_client.post(LIST, nearly_launched).status_code == 302


def test_a_restored_backup_is_confirmed_once_a_drill_is_noted(administrator_client):
    answer = administrator_client.post(LIST, {"confirmed": ["backup_restored"]})
    assert "Ingen øvd gjenoppretting er notert ennå." in answer.text
    assert not LaunchConfirmation.objects.exists()
    RestoreDrill.objects.create(who="Dag Drift")
    administrator_client.post(LIST, {"confirmed": ["backup_restored"]})
    assert LaunchConfirmation.objects.get().item == "backup_restored"


@pytest.mark.parametrize(("days", "counts"), [(0, True), (6, True), (7, False), (-1, False)])
def test_a_test_mail_is_confirmed_by_its_code_which_counts_for_a_week(
    administrator_client, monkeypatch, days, counts
):
    then = timezone.localdate() - timedelta(days=days)
    with monkeypatch.context() as clock:
        clock.setattr(doctor.timezone, "localdate", lambda: then)
        with pytest.raises(CommandError):  # what it finds wrong with the machine of the tests
            call_command("doctor", mail="dag@klinikken.no")
    (sent,) = mail.outbox
    code = re.search(r"\d{4} \d{4}", sent.body)[0]
    administrator_client.post(LIST, {"confirmed": ["test_mail"], "mail_code": "1234 5678"})
    administrator_client.post(LIST, {"confirmed": ["test_mail"]})
    assert not LaunchConfirmation.objects.exists()
    administrator_client.post(LIST, {"confirmed": ["test_mail"], "mail_code": code.replace(" ", "")})
    assert LaunchConfirmation.objects.exists() == counts


@pytest.mark.parametrize("item", ["doctor", "certificate"])
def test_what_the_site_measures_itself_is_measured_when_it_is_ticked_and_not_for_each_look(
    administrator_client, settings, item
):
    settings.SITE_ADDRESS = "https://localhost:1"
    for address in ("/admin/", LIST):
        assert "localhost:1" not in administrator_client.get(address).text
    answer = administrator_client.post(LIST, {"confirmed": [item]})
    assert "Driftsansvarlig må rette dette: " in answer.text
    assert "https://localhost:1 cannot be reached from here" in answer.text
    assert not LaunchConfirmation.objects.exists()


def test_a_certificate_that_browsers_accept_is_confirmed(administrator_client, settings, tmp_path):
    path = certificate(tmp_path)
    settings.CERTIFICATE_AUTHORITY = str(path)
    with serving(path) as port:
        settings.SITE_ADDRESS = f"https://localhost:{port}"
        administrator_client.post(LIST, {"confirmed": ["certificate"]})
    assert LaunchConfirmation.objects.get().item == "certificate"
