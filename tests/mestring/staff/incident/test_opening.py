"""Something has happened: begun, shared, hidden from the account that it is about, and ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contact.models import AccessEntry
from mestring.staff.incident import opening
from mestring.staff.incident.first_page import open_incident
from mestring.staff.models import AccountMail, Incident
from tests.cast import logged_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LOG = "/admin/contact/accessentry/"


def begun(by, person, hours=1):
    incident, _is_new = opening.begin(by, person.pk, person.username, timezone.now() - hours * HOUR)
    return incident


def test_beginning_it_is_logged_and_tells_the_account_nothing(administrator, accounts):
    begun(accounts, administrator)
    entry = AccessEntry.objects.get(action="incident")
    assert (entry.username, entry.about) == ("tove", "kari")
    assert not AccountMail.objects.exists()
    assert open_incident(administrator) is None
    told = (
        logged_in(administrator).get(LOG).text
        + logged_in(administrator).get(f"{LOG}colleague/{accounts.pk}/").text
    )
    assert "Noe har skjedd» – kari" not in told


def test_others_who_handle_it_find_it_on_their_first_page_and_in_the_log_and_readers_do_not(
    administrator, accounts, editor, inquiry_staff
):
    begun(accounts, editor)
    assert "Begynt av tove, om kontoen astrid." in logged_in(administrator).get("/admin/").text
    assert "tove begynte «Noe har skjedd» – astrid." in logged_in(administrator).get(LOG).text
    assert "astrid" not in logged_in(inquiry_staff).get(LOG).text
    for person in (editor, inquiry_staff):
        assert open_incident(person) is None
        assert "Noe har skjedd" not in logged_in(person).get("/admin/").text


def test_two_who_begin_it_for_one_account_share_one_page_and_the_earlier_moment(administrator, accounts, editor):
    first = begun(accounts, editor, hours=1)
    second = begun(administrator, editor, hours=5)
    assert first.pk == second.pk
    assert first.since - second.since > 3 * HOUR
    assert begun(accounts, editor, hours=2).since == second.since
    assert Incident.objects.get().begun_by == "tove"
    assert AccessEntry.objects.filter(action="incident").count() == 3


def test_who_begins_it_for_their_own_account_sees_that_and_never_what_a_colleague_began(administrator, accounts):
    of_another = begun(accounts, administrator)
    own = begun(administrator, administrator)
    assert own.pk != of_another.pk
    assert list(opening.visible_incidents(administrator)) == [own]
    assert set(opening.visible_incidents(accounts)) == {own, of_another}


def test_the_72_hours_count_from_when_the_clinic_became_aware(accounts, editor):
    incident = begun(accounts, editor)
    assert opening.tell_until(incident) - incident.aware_at == timedelta(days=3)


def test_ending_it_takes_it_away_for_all_and_is_logged_once(administrator, accounts, editor):
    incident = begun(accounts, editor)
    for by in (administrator, accounts):  # two at once
        opening.end(Incident(pk=incident.pk, account=editor.pk, username="astrid"), by)
    assert not Incident.objects.exists()
    assert list(AccessEntry.objects.filter(action="incident_end").values_list("username", "about")) == [
        ("kari", "astrid")
    ]
