"""Editors write claims; administrators confirm them; a change waits until it is confirmed."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from pages.live.facts import Facts
from pages.models import Claim
from tests import factories
from tests.pages.admin.forms import read_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    factories.clinic()
    return factories.claim("Vi har vakt.", confirmed_on=date(2026, 1, 5))


def save(client, claim, **changes):
    address = reverse("admin:pages_claim_change", args=[claim.pk])
    answer = client.post(address, read_form(client, address, "claim_form") | changes)
    claim.refresh_from_db()
    return answer


def test_confirming_records_who_and_when(administrator_client, administrator, claim):
    save(administrator_client, claim, confirmation="confirm")
    assert (claim.confirmed_by, claim.confirmed_on) == (administrator, timezone.localdate())


def test_saving_without_a_change_keeps_the_confirmation(administrator_client, claim):
    save(administrator_client, claim, confirmation="keep", name="Vakt")
    assert claim.confirmed_on == date(2026, 1, 5)


@pytest.mark.parametrize(
    "change", [{"text_nn": "Vi har alltid vakt."}, {"source": "En annen"}, {"valid_until": "2030-12-31"}]
)
def test_what_was_confirmed_stays_until_its_change_is_confirmed(
    editor_client, administrator_client, administrator, claim, change
):
    before = Facts.read(at=timezone.now()).claims
    save(editor_client, claim, **change)
    assert Facts.read(at=timezone.now()).claims == before
    assert claim.state(on=timezone.localdate()) == Claim.State.CHANGED
    ((name, value),) = change.items()
    address = reverse("admin:pages_claim_change", args=[claim.pk])
    sent = read_form(administrator_client, address, "claim_form")
    assert sent[name] == value
    assert "Vi har vakt." in administrator_client.get(address).text
    save(administrator_client, claim, confirmation="confirm")
    assert str(getattr(claim, name)) == value
    assert (claim.waiting, claim.confirmed_by) == (None, administrator)


def test_a_change_that_is_taken_back_waits_no_longer_and_one_of_a_run_out_claim_shows_nothing(
    editor_client, claim
):
    save(editor_client, claim, text_nb="Vi har alltid vakt.")
    save(editor_client, claim, name="Vakt")
    assert claim.waiting["text_nb"] == "Vi har alltid vakt."
    save(editor_client, claim, text_nb="Vi har vakt.")
    assert (claim.waiting, claim.confirmed_on, claim.name) == (None, date(2026, 1, 5), "Vakt")
    Claim.objects.update(valid_until=date(2026, 1, 6))
    save(editor_client, claim, valid_until="2030-12-31")
    assert Facts.read(at=timezone.now()).claims == {}


def test_an_editor_cannot_confirm(editor_client, claim):
    Claim.objects.update(confirmed_on=None)
    save(editor_client, claim, confirmation="confirm")
    assert claim.confirmed_on is None


@pytest.mark.parametrize("far", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_calendar_s_ends_is_refused(administrator_client, claim, far):
    answer = save(administrator_client, claim, valid_until=far)
    assert "mellom 2000 og 2099" in str(answer.context["adminform"].form.errors["valid_until"])


def test_an_identity_number_is_refused_as_a_claim_is_live_at_once(editor_client, claim):
    answer = save(editor_client, claim, text_nb="Spør 01810012311.")
    assert "11 sifre" in str(answer.context["adminform"].form.errors["text_nb"])
    assert claim.text_nb == "Vi har vakt."


def test_any_editor_takes_it_down_at_once(editor_client, claim):
    save(editor_client, claim, text_nb="Vi har alltid vakt.")
    save(editor_client, claim, confirmation="withdraw")
    assert (claim.confirmed_on, claim.waiting, claim.text_nb) == (None, None, "Vi har alltid vakt.")


@pytest.mark.parametrize("missing", [{"source": ""}, {"text_nb": "", "text_nn": "", "text_en": ""}])
def test_what_has_no_sentence_or_no_source_cannot_be_confirmed(administrator_client, claim, missing):
    Claim.objects.update(confirmed_on=None)
    answer = save(administrator_client, claim, confirmation="confirm", **missing)
    assert answer.status_code == 200
    assert claim.confirmed_on is None


def test_a_claim_on_a_page_cannot_be_deleted_by_an_editor(editor_client, claim):
    assert editor_client.post(f"/admin/pages/claim/{claim.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_list_says_what_visitors_see(administrator_client, claim):
    factories.claim(name="Gammel", valid_until=date(2022, 12, 31))
    text = administrator_client.get("/admin/pages/claim/").text
    assert "Bekreftet: besøkende ser den" in text
    assert "Utløpt: på ingen sider" in text


def test_confirming_a_claim_whose_last_day_is_over_says_that_visitors_do_not_see_it(administrator_client, claim):
    address = reverse("admin:pages_claim_change", args=[claim.pk])
    fields = read_form(administrator_client, address, "claim_form") | {"confirmation": "confirm"}
    told = [
        "Tiden er allerede ute"
        in administrator_client.post(address, fields | {"valid_until": day}, follow=True).text
        for day in ("2025-01-01", "2090-01-01")
    ]
    assert told == [True, False]
