"""The page where it begins, and the page to work down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contact.cases import reading
from contact.models import AccessEntry
from mestring.staff.incident.pages import opening
from mestring.staff.models import Incident
from tests.cast import logged_in
from tests.contact.conftest import CANARY

pytestmark = pytest.mark.django_db
BEGIN = "/admin/incident/"
HOUR = timedelta(hours=1)


def typed(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def begin(client, account, since=None):
    return client.post(BEGIN, {"account": account, "since": typed(since or timezone.now() - HOUR)}, follow=True)


def address():
    return f"{BEGIN}{Incident.objects.get().pk}/"


def case_of(inquiry):
    return f"/admin/contact/inquiry/{inquiry.pk}/change/"


def test_the_first_page_the_keys_page_and_the_account_s_page_lead_there(
    administrator_client, accounts_client, editor
):
    for client in (administrator_client, accounts_client):
        assert BEGIN in client.get("/admin/").text
        account = client.get(f"/admin/auth/user/{editor.pk}/change/").text
        assert f"{BEGIN}?account={editor.pk}" in account
    assert BEGIN in administrator_client.get("/admin/contact/grant/").text
    shown = administrator_client.get(f"{BEGIN}?account={editor.pk}").text
    assert f'<option value="{editor.pk}" selected>' in shown


def test_two_presses_log_a_thief_out(administrator_client, inquiry_staff):
    thief = logged_in(inquiry_staff)
    assert "1 innlogging er åpen nå." in begin(administrator_client, inquiry_staff.pk).text
    shown = administrator_client.post(address(), {"stop": "x", "lock": "on"}, follow=True).text
    assert "Ivar er logget ut overalt." in shown
    assert "Kontoen er låst." in shown
    assert "kari logget ut ivar overalt." in shown  # among what was done, for Datatilsynet
    assert thief.get("/admin/").status_code == 302


def test_a_keyholder_who_reads_is_led_to_what_was_opened_and_an_administrator_sees_numbers(
    administrator_client, accounts_client, inquiry_staff, inquiry
):
    reading.open_inquiry(inquiry, inquiry_staff)
    for client in (administrator_client, accounts_client):
        shown = begin(client, inquiry_staff.pk).text
        assert "Noe av 1 henvendelse er sett eller tatt ut." in shown
        assert inquiry.reference in shown
        assert CANARY not in shown
        assert "Sol" not in shown
        assert (case_of(inquiry) in shown) is (client is administrator_client)
        client.post(address(), {"end": "x"})
    assert not AccessEntry.objects.filter(about__contains=CANARY).exists()


def test_a_time_that_has_not_come_is_refused_and_the_words_are_kept(administrator_client, editor):
    coming = timezone.now() + timedelta(days=2)
    shown = begin(administrator_client, editor.pk, coming)
    assert shown.status_code == 422
    assert "Denne tiden har ikke vært ennå." in shown.text
    assert f'<option value="{editor.pk}" selected>' in shown.text
    assert typed(coming) in shown.text
    assert not Incident.objects.exists()
    begin(administrator_client, editor.pk)
    late = administrator_client.post(address(), {"aware": "x", "aware_at": typed(coming)})
    assert (late.status_code, typed(coming) in late.text) == (422, True)


def test_a_number_that_no_database_holds_has_no_page(administrator_client):
    assert administrator_client.get(f"{BEGIN}{9**30}/").status_code == 404


@pytest.mark.parametrize("account", ["", "x", "99999", "-1", "1e9"])
def test_an_account_that_never_was_is_refused(administrator_client, account):
    assert begin(administrator_client, account).status_code == 422


def test_the_hour_until_which_it_must_be_told_follows_what_was_typed(administrator_client, editor):
    begin(administrator_client, editor.pk)
    assert "Tiden er ute." not in administrator_client.get(address()).text
    for days, is_late in ((2, False), (4, True)):
        moment = timezone.now() - timedelta(days=days)
        shown = administrator_client.post(address(), {"aware": "x", "aware_at": typed(moment)}, follow=True).text
        assert ("Tiden er ute." in shown) is is_late


def test_one_s_own_account_is_logged_out_everywhere_but_here(administrator):
    here, there = logged_in(administrator), logged_in(administrator)
    begin(here, administrator.pk)
    shown = here.post(address(), {"stop": "x", "lock": "on", "take": "on"}, follow=True).text
    assert "Du er logget ut alle andre steder enn her." in shown
    assert there.get("/admin/").status_code == 302
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_deleted_account_is_offered_traced_and_needs_no_stopping(administrator_client, inquiry_staff, inquiry):
    reading.open_inquiry(inquiry, inquiry_staff)
    number = inquiry_staff.pk
    inquiry_staff.delete()
    assert "ivar (slettet)" in administrator_client.get(BEGIN).text
    shown = begin(administrator_client, number).text
    assert inquiry.reference in shown
    assert "Kontoen er slettet" in administrator_client.post(address(), {"stop": "x"}, follow=True).text
    assert Incident.objects.get().username == "ivar"


def test_without_an_account_there_is_the_clock_and_the_runbook(administrator_client):
    shown = begin(administrator_client, 0).text
    assert "Meld fra til Datatilsynet innen 72 timer" in shown
    assert "Logg ut overalt nå" not in shown


def test_a_second_press_of_the_same_colleague_leads_to_the_page_without_naming_them(administrator_client, editor):
    begin(administrator_client, editor.pk)
    shown = begin(administrator_client, editor.pk).text
    assert "Logg ut overalt nå" in shown
    assert "har begynt på dette" not in shown


def test_a_colleague_who_ends_it_first_leaves_the_other_a_sentence(administrator_client, accounts_client, editor):
    begin(administrator_client, editor.pk)
    page = address()
    assert "Kari har begynt på dette. Dere deler siden." in begin(accounts_client, editor.pk).text
    accounts_client.post(page, {"end": "x"})
    shown = administrator_client.post(page, {"stop": "x"}, follow=True)
    assert "Ingenting ble gjort: En kollega har avsluttet det imens." in shown.text
    assert administrator_client.get(page).status_code == 404


def test_the_account_concerned_finds_no_page_and_others_without_the_role_are_refused(
    administrator, accounts, inquiry_client
):
    incident, _is_new = opening.begin(accounts, administrator.pk, "kari", timezone.now() - HOUR)
    page = f"{BEGIN}{incident.pk}/"
    assert logged_in(administrator).get(page).status_code == 404
    assert "kari</a></li>" not in logged_in(administrator).get(BEGIN).text
    for address_ in (BEGIN, page):
        assert inquiry_client.get(address_).status_code == 403
