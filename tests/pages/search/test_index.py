"""What is findable is written with the publication, and follows the clock without any job."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from pages.editions.publishing import publish, save_draft, take_down
from pages.editions.scheduling import schedule
from pages.models import Edition, Page, SearchEntry
from pages.search.index import reindex
from pages.search.query import search_pages
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def found(question, at=None, language="nb"):
    return [result.page_id for result in search_pages(question, factories.moment(language, at=at)).results]


def reword(page, text):
    page.pages_textblock_set.update(body_nb=f"<p>{text}</p>")
    return save_draft(page, by=None)


def test_a_draft_is_never_found():
    page = factories.draft(body="<p>Fjellvann.</p>")
    save_draft(page, by=None)
    assert found("fjellvann") == []
    assert not SearchEntry.objects.exists()


def test_a_draft_of_a_live_page_changes_nothing():
    page = factories.live(body="<p>Fjellvann.</p>")
    reword(page, "Skogstjern.")
    assert found("skogstjern") == []
    assert found("fjellvann") == [page.pk]


def test_a_page_taken_down_disappears_at_once():
    page = factories.live(body="<p>Fjellvann.</p>")
    take_down(page)
    assert found("fjellvann") == []


def test_a_published_change_replaces_what_is_found_and_leaves_no_old_words_behind():
    page = factories.live(body="<p>Fjellvann.</p>")
    publish(reword(page, "Skogstjern."), by=None)
    assert (found("fjellvann"), found("skogstjern")) == ([], [page.pk])
    assert SearchEntry.objects.filter(language="nb").count() == 1


def test_a_scheduled_edition_is_found_from_its_hour_and_the_present_one_until_then():
    with time_machine.travel(NOON, tick=False):
        page = factories.live(body="<p>Fjellvann.</p>")
        publish(reword(page, "Skogstjern."), by=None, now=NOON + HOUR)
    assert found("fjellvann", NOON) == [page.pk]
    assert found("skogstjern", NOON + HOUR - timedelta(microseconds=1)) == []
    assert found("skogstjern", NOON + HOUR) == [page.pk]
    assert found("fjellvann", NOON + HOUR) == []


def test_a_page_that_ends_by_the_clock_is_found_until_then():
    page = factories.live(body="<p>Fjellvann.</p>", now=NOON)
    Edition.objects.filter(page=page).update(live_until=NOON + HOUR)
    assert found("fjellvann", NOON) == [page.pk]
    assert found("fjellvann", NOON + HOUR) == []


def test_a_refused_publication_leaves_no_entries():
    factories.live("en", body="<p>Fjellvann.</p>")
    other = factories.draft("to", slug_nb="en-nb", body="<p>Skogstjern.</p>")
    with pytest.raises(ValidationError):
        publish(save_draft(other, by=None), by=None)
    assert found("skogstjern") == []


def test_only_complete_languages_are_found():
    factories.live(languages=("nb", "nn"), body="<p>Fjellvann.</p>")
    assert [bool(found("fjellvann", language=code)) for code in ("nb", "nn", "en")] == [True, True, False]


@pytest.mark.parametrize("kind", ["contact_patient", "contact_relative"])
def test_the_words_over_a_form_are_not_results_but_the_start_page_is(kind):
    factories.live("skjema", kind=kind, body="<p>Fjellvann.</p>")
    start = factories.live("kontakt", kind=Page.Kind.CONTACT, body="<p>Fjellvann.</p>")
    assert found("fjellvann") == [start.pk]


def test_a_site_from_before_the_search_becomes_findable_at_its_next_deploy():
    page = factories.live(body="<p>Fjellvann.</p>")
    SearchEntry.objects.all().delete()
    call_command("setup_site", verbosity=0)
    assert found("fjellvann") == [page.pk]


def test_reindexing_writes_only_what_differs():
    now = factories.live("en", body="<p>Fjellvann.</p>")
    coming = factories.draft("to", body="<p>Skogstjern.</p>")
    publish(save_draft(coming, by=None), by=None, now=timezone.now() + HOUR)
    assert reindex() == 0
    SearchEntry.objects.filter(edition__page=now, language="nb").update(stems="gammelt")
    SearchEntry.objects.filter(edition__page=coming, language="en").delete()
    assert reindex() == 2
    assert found("fjellvann") == [now.pk]
    assert found("skogstjern", timezone.now() + HOUR) == [coming.pk]


def test_reindexing_forgets_what_is_no_longer_live():
    page = factories.live()
    take_down(page)
    reindex()
    assert not SearchEntry.objects.exists()


def test_an_edition_scheduled_by_an_editor_is_found_from_its_hour():
    with time_machine.travel(NOON, tick=False):
        schedule(save_draft(factories.draft(body="<p>Klatrevegg.</p>"), by=None), by=None, at=NOON + HOUR)
    assert found("klatrevegg", NOON) == []
    assert len(found("klatrevegg", NOON + HOUR)) == 1
