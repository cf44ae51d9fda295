"""A claim is on a page only while it is confirmed and has not expired."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from pages.editions.publishing import publish, save_draft
from pages.models import Claim, ClaimBlock, StarterRecord
from tests import factories, kept_rows
from tests.pages.every_block import add

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def page():
    """Return a function that makes a live page with these claims."""
    factories.clinic()
    factories.front()

    def made(*claims):
        page = factories.draft("om")
        for number, claim in enumerate(claims):
            add(page, ClaimBlock, 20 + number, claim=claim)
        publish(save_draft(page, by=None), by=None)
        return page

    return made


def test_a_confirmed_claim_is_shown_with_its_source_in_each_language(client, page):
    page(factories.claim("Vi har vakt. *", source_url="https://example.org/vedtak"))
    for address, words in (("/om-nb/", "Vi har vakt. (nb)"), ("/en/om-en/", "Vi har vakt. (en)")):
        text = client.get(address).text
        assert words in text
        assert '<a href="https://example.org/vedtak" rel="noreferrer">Daglig leder</a>' in text


@pytest.mark.parametrize("fields", [{"confirmed_on": None}, {"valid_until": date(2022, 12, 31)}, {"text_nb": ""}])
def test_one_that_is_unconfirmed_run_out_or_silent_is_on_no_page(client, page, fields):
    page(factories.claim("Vi har vakt.", **fields))
    text = client.get("/om-nb/").text
    assert "Vi har vakt." not in text
    assert "claim-list" not in text


def test_confirming_shows_it_without_publishing_the_page_again(client, page):
    claim = factories.claim("Vi har vakt.", confirmed_on=None)
    page(claim)
    Claim.objects.filter(pk=claim.pk).update(confirmed_on=date(2026, 3, 1))
    assert "Vi har vakt." in client.get("/om-nb/").text


def test_a_claim_alone_makes_no_language_complete(page):
    made = factories.draft("bare", languages=("nb",))
    made.title_en, made.slug_en = "Only", "only"
    made.save()
    add(made, ClaimBlock, 20, claim=factories.claim())
    assert save_draft(made, by=None).head["languages"] == ["nb"]


def test_it_holds_through_its_last_day_in_oslo_and_no_answer_is_kept_longer(client, page):
    last_minute = datetime(2027, 7, 1, 23, 59, 30, tzinfo=OSLO)
    with time_machine.travel(last_minute - timedelta(days=1), tick=False):
        page(factories.claim("Vi har vakt.", valid_until=date(2027, 7, 1)))
    with time_machine.travel(last_minute, tick=False):
        answer = client.get("/om-nb/")
        assert "Vi har vakt." in answer.text
        assert answer.fresh_until == datetime(2027, 7, 2, tzinfo=OSLO)
    with time_machine.travel(last_minute + timedelta(seconds=30), tick=False):
        assert "Vi har vakt." not in client.get("/om-nb/").text


def test_neighbouring_claims_are_one_list(client, page):
    page(factories.claim("Vi har vakt."), factories.claim("Vi har avtale.", position=200))
    text = client.get("/om-nb/").text
    assert text.count('class="claim-list"') == 1
    assert text.index("Vi har vakt.") < text.index("Vi har avtale.")


def test_expiry_weighs_more_than_confirmation():
    claim = factories.claim(valid_until=date(2026, 1, 31))
    assert claim.state(on=date(2026, 1, 31)) == Claim.State.CONFIRMED
    assert claim.state(on=date(2026, 2, 1)) == Claim.State.EXPIRED
    assert factories.claim(confirmed_on=None).state(on=date(2026, 1, 1)) == Claim.State.UNCONFIRMED


def test_the_site_ships_with_claims_and_shows_none_of_them(client):
    kept_rows.starter_pages()
    assert Claim.objects.count() >= 10
    assert not Claim.objects.exclude(confirmed_on=None).exists()
    assert Claim.objects.get(name__contains="fritt behandlingsvalg").valid_until == date(2022, 12, 31)
    assert ClaimBlock.objects.exists()
    for record in StarterRecord.objects.select_related("page"):
        if record.page.slug_nb:
            assert "claim-list" not in client.get(f"/{record.page.slug_nb}/").text
