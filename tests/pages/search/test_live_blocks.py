"""What a page shows now is found, and what it does not show now is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.editions.publishing import publish, save_draft, take_down
from pages.models import ClaimBlock, DoorBlock, EventBlock, Helpline, HelplinesBlock
from pages.search.query import search_pages
from tests import factories

pytestmark = pytest.mark.django_db


def page_with(block, **fields):
    """Make a live page with that block."""
    page = factories.draft("en")
    block.objects.create(parent=page, region="main", ordering=20, **fields)
    publish(save_draft(page, by=None), by=None)
    return page


def found(question, language="nb"):
    return [result.page_id for result in search_pages(question, factories.moment(language)).results]


def test_a_gathering_is_found_on_its_page_in_the_words_it_has_now():
    event = factories.event(title_nb="Familiekveld", text_nb="Vi griller pinnebrød", place_nb="Tysnes")
    page = page_with(EventBlock, event=event)
    assert found("familiekveld") == found("pinnebrød") == found("Tysnes") == [page.pk]
    (row,) = search_pages("pinnebrød", factories.moment()).results
    assert row.snippet == "Vi griller <mark>pinnebrød</mark> · Tysnes"
    event.text_nb = "Vi baker rundstykker"
    event.save()
    assert (found("pinnebrød"), found("rundstykker")) == ([], [page.pk])


def test_helplines_are_found_by_name_hours_and_number_while_they_are_shown():
    factories.clinic()
    line = Helpline.objects.create(
        clinic_id=1, number="800 40 567", name_nb="Pårørendelinjen", hours_nb="Hverdager", audience="relatives",
        verified_on=timezone.localdate(),
    )  # fmt: skip
    page = page_with(HelplinesBlock, audience="relatives")
    questions = ("pårørendelinjen", "hverdager", "80040567")
    assert [found(question) for question in questions] == [[page.pk]] * 3
    Helpline.objects.filter(pk=line.pk).update(verified_on=None)
    assert [found(question) for question in questions] == [[]] * 3


def test_a_claim_is_found_until_it_runs_out():
    claim = factories.claim("Vi har badstue.")
    page = page_with(ClaimBlock, claim=claim)
    assert found("badstue") == [page.pk]
    claim.valid_until = timezone.localdate() - timedelta(days=1)
    claim.save()
    assert found("badstue") == []


def test_a_door_is_found_while_it_leads_somewhere():
    target = factories.live("to", body="<p>Noe annet.</p>")
    page = page_with(DoorBlock, title_nb="Badstue", audience="patient", link=f"page:{target.pk}")
    assert found("badstue") == [page.pk]
    take_down(target)
    assert found("badstue") == []


def test_our_number_is_found_where_a_page_asks_to_ring():
    factories.clinic()
    page = factories.draft("en")
    factories.add_panel(page, title_nb="Ring oss")
    publish(save_draft(page, by=None), by=None)
    assert found("3501 95 00") == found("35019500") == [page.pk]
