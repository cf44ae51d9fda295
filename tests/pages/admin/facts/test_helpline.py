"""A helpline is a number that can be dialled, and the numbers of an emergency stay."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pages.live.phone import Phone
from pages.models import Helpline
from tests import factories
from tests.pages.admin.forms import read_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    made = factories.clinic()
    return made.helplines.create(number="116 123", name_nb="Mental Helse", verified_on="2026-01-01")


def save(client, line, **changes):
    address = reverse("admin:pages_helpline_change", args=[line.pk])
    answer = client.post(address, read_form(client, address, "helpline_form") | changes)
    line.refresh_from_db()
    return answer.context["adminform"].form.errors if answer.status_code == 200 else {}


@pytest.mark.parametrize("number", ["tull", "abc", "22 59 130", "116 123 (ring)", "1" * 9, "+0 123 456 78", "12"])
def test_what_cannot_be_dialled_is_refused(administrator_client, line, number):
    assert list(save(administrator_client, line, number=number)) == ["number"]
    assert line.number == "116 123"


@pytest.mark.parametrize(("typed", "stored", "href"), [
    ("116\u00a0117", "116 117", "tel:116117"), ("22\u202f59 13\u200b00", "22 59 1300", "tel:22591300"),
    ("22-59-13-00", "22 59 13 00", "tel:22591300"), ("+46 8 123 456 78", "+46 8 123 456 78", "tel:+46812345678"),
    ("\u202a113\u202c", "113", "tel:113"),
])  # fmt: skip
def test_a_number_is_stored_and_dialled_however_it_was_pasted(administrator_client, line, typed, stored, href):
    assert save(administrator_client, line, number=typed) == {}
    assert (line.number, Phone(line.number).href, Phone(typed).href) == (stored, href, href)


def test_a_day_to_come_and_a_number_shown_unchecked_are_refused(administrator_client, line):
    to_come = timezone.localdate() + timedelta(days=2)  # also when midnight falls in between
    assert list(save(administrator_client, line, verified_on=to_come.isoformat())) == ["verified_on"]
    assert list(save(administrator_client, line, always_shown="on")) == ["always_shown"]


def test_another_number_loses_the_day_of_the_former_one_and_the_editor_is_told(administrator_client, line):
    assert save(administrator_client, line, number="116-123", name_nb="Mental Helse Hjelpetelefonen") == {}
    assert str(line.verified_on) == "2026-01-01"
    assert save(administrator_client, line, number="116 124") == {}
    assert (line.number, line.verified_on) == ("116 124", None)
    assert line not in Helpline.objects.for_visitors()
    told = administrator_client.get(reverse("admin:pages_helpline_changelist")).text
    assert "Nummeret er et annet" in told
    save(administrator_client, line, verified_on="2026-01-01")
    assert save(administrator_client, line, number="116 123", verified_on="2026-02-01") == {}
    assert (line.number, str(line.verified_on)) == ("116 123", "2026-02-01")


def test_no_number_is_not_checked(administrator_client, line):
    assert list(save(administrator_client, line, number="")) == ["verified_on"]
    assert save(administrator_client, line, number="", verified_on="") == {}


def test_the_numbers_of_an_emergency_can_neither_be_deleted_nor_changed(administrator_client, line):
    kept = list(Helpline.objects.filter(always_shown=True))
    assert sorted(one.number for one in kept) == ["112", "113", "116 117"]
    for one in kept:
        address = reverse("admin:pages_helpline_delete", args=[one.pk])
        assert administrator_client.post(address, {"post": "yes"}).status_code == 403
        assert save(administrator_client, one, number="115", always_shown="", name_nb="Nød") == {}
        assert (one.always_shown, one.number != "115", one.name_nb) == (True, True, "Nød")
    address = reverse("admin:pages_helpline_delete", args=[line.pk])
    assert administrator_client.post(address, {"post": "yes"}).status_code == 302


def test_the_list_says_of_each_line_whether_it_was_checked_and_visitors_see_it(administrator_client, line):
    line.clinic.helplines.create(number="", name_nb="RUSinfo")
    line.clinic.helplines.create(number="116 111", name_nb="Alarmtelefonen")
    page = administrator_client.get(reverse("admin:pages_helpline_changelist"))
    shown = page.context["cl"].model_admin.state
    assert {one.name_nb: shown(one) for one in Helpline.objects.exclude(always_shown=True)} == {
        "Mental Helse": "Kontrollert 1. januar 2026. Besøkende ser den.",
        "RUSinfo": "Uten nummer. Besøkende ser den ikke.",
        "Alarmtelefonen": "Ikke kontrollert. Besøkende ser den ikke.",
    }
    emergency = Helpline.objects.filter(always_shown=True).first()
    assert shown(emergency) == "Ikke kontrollert. Besøkende ser den likevel."
    assert (
        "Besøkende ser alltid"
        in administrator_client.get(reverse("admin:pages_helpline_change", args=[emergency.pk])).text
    )


def test_a_line_without_a_day_is_saved_and_said_not_to_be_seen(administrator_client, line):
    save(administrator_client, line, verified_on="", name_nb="Mental Helse ungdom")
    assert line.verified_on is None
    assert "Besøkende ser ikke linjen" in administrator_client.get("/admin/").text
