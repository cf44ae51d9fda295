"""A save of the page form, as the use case behind it: a draft, which is then published when asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.diff.translation_pairs import TranslationIntent
from pages.editions.saving import Publication, save
from pages.models import InsideLink
from tests.factories import draft, live, waiting_edition

pytestmark = pytest.mark.django_db


def saved(page, publication=None):
    return save(page, by=None, note="", intent=TranslationIntent.TYPED, publication=publication)


def links_of(page):
    return list(InsideLink.objects.filter(page=page).values_list("edition", "target"))


def test_without_a_publication_the_save_is_a_draft():
    page = draft()
    result = saved(page)
    assert not result.is_published
    assert result.edition.live_from is None


def test_a_publication_without_a_time_is_now():
    page = draft()
    result = saved(page, Publication())
    assert result.is_published
    assert page.editions.live(at=timezone.now()).get() == result.edition


def test_a_publication_with_a_time_waits_for_it():
    page, at = draft(), timezone.now() + timedelta(hours=1)
    result = saved(page, Publication(at=at))
    assert result.is_published
    assert waiting_edition(page) == result.edition


def test_a_page_that_is_complete_in_no_language_stays_a_draft():
    result = saved(draft(languages=()), Publication())
    assert not result.is_published
    assert result.edition.live_from is None


@pytest.mark.parametrize("at", [None, timezone.now() - timedelta(days=1)])
def test_a_refused_publication_leaves_the_draft_with_its_links(at):
    target = live("annen")
    page = draft(body=f'<p><a href="page:{target.pk}">Les mer</a></p>')
    if at is None:
        page.slug_nb = "annen-nb"
        page.save()
    result = saved(page, Publication(at=at))
    assert result.refused
    assert not result.is_published
    assert page.editions.get() == result.edition
    assert links_of(page) == [(result.edition.pk, target.pk)]
