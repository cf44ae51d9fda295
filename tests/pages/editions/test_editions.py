"""What visitors see is computed from time: the newest started edition, unless it has ended."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pages.editions.publishing import publish, save_draft, take_down
from pages.editions.scheduling import schedule
from pages.models import Edition, FaqBlock, Page
from tests import factories
from tests.proofs import examples

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def live_editions(at):
    return list(Edition.objects.live(at=at))


def test_a_draft_is_not_live():
    page = factories.draft()
    save_draft(page, by=None)
    assert live_editions(NOON) == []


def test_an_edition_is_live_from_its_first_moment_until_just_before_its_last():
    page = factories.live(now=NOON)
    edition = page.editions.get()
    Edition.objects.filter(pk=edition.pk).update(live_until=NOON + HOUR)
    assert live_editions(NOON) == [edition]
    assert live_editions(NOON - timedelta(microseconds=1)) == []
    assert live_editions(NOON + HOUR) == []


def test_a_newer_edition_replaces_an_older_one():
    page = factories.live(now=NOON)
    newer = save_draft(page, by=None)
    publish(newer, by=None, now=NOON + HOUR)
    assert live_editions(NOON + HOUR) == [newer]
    assert live_editions(NOON)[0].pk < newer.pk


def test_an_older_edition_never_comes_back_when_a_newer_one_is_taken_down():
    page = factories.live(now=NOON)
    publish(save_draft(page, by=None), by=None, now=NOON + HOUR)
    take_down(page, now=NOON + 2 * HOUR)
    assert live_editions(NOON + 2 * HOUR) == []


def test_the_content_of_an_edition_cannot_be_written_again():
    edition = factories.live().editions.get()
    edition.head = {}
    with pytest.raises(ValueError, match="append-only"):
        edition.save()
    with pytest.raises(ValueError, match="append-only"):
        edition.save(update_fields=["head"])


class LiveQueryAgainstItsDefinition(TestCase):
    """The SQL of `live` says the same as its one-sentence rule, for any spans."""

    spans = st.lists(st.tuples(st.integers(0, 8), st.none() | st.integers(0, 10)), max_size=6)

    @settings(max_examples=examples(20, times=30), deadline=None)
    @given(spans=spans, at=st.integers(-1, 11))
    def test_at_most_one_edition_is_live_and_it_is_the_newest_started(self, spans, at):
        page = factories.draft()
        for start, end in spans:
            edition = save_draft(page, by=None)
            Edition.objects.filter(pk=edition.pk).update(
                live_from=NOON + start * HOUR, live_until=None if end is None else NOON + end * HOUR
            )
        moment = NOON + at * HOUR
        started = [e for e in page.editions.order_by("live_from", "pk") if e.live_from <= moment]
        newest = started[-1] if started else None
        ended = newest is not None and newest.live_until is not None and newest.live_until <= moment
        expected = [newest] if newest is not None and not ended else []
        assert list(Edition.objects.live(at=moment).filter(page=page)) == expected


def test_half_a_pair_makes_no_language_complete():
    page = factories.draft("svar", languages=("nb",), title_en="Answers", slug_en="answers")
    FaqBlock.objects.create(parent=page, region="main", ordering=20, question_en="Why?")
    assert save_draft(page, by=None).head["languages"] == ["nb"]
    page.pages_faqblock_set.update(answer_en="<p>Because.</p>")
    assert save_draft(page, by=None).head["languages"] == ["nb", "en"]


@pytest.mark.plain
@pytest.mark.parametrize(
    "go_live", [publish, lambda edition, by: schedule(edition, by=by, at=NOON + HOUR, now=NOON)]
)
def test_a_page_never_goes_under_one_that_is_still_under_it_on_the_website(go_live):
    above = factories.live("over", now=NOON)
    below = factories.live("under", parent=above, now=NOON)
    below.parent = None
    below.save()
    save_draft(below, by=None)  # in its form alone
    above.parent = below
    above.full_clean()
    above.save()
    with pytest.raises(ValidationError, match="Publi"):
        go_live(save_draft(above, by=None), by=None)
    publish(save_draft(below, by=None), by=None)
    go_live(save_draft(above, by=None), by=None)


def test_a_loop_that_is_there_already_lets_the_form_end():
    pages = [factories.draft(slug) for slug in ("en", "to", "tre")]
    Page.objects.filter(pk=pages[0].pk).update(parent=pages[1])
    Page.objects.filter(pk=pages[1].pk).update(parent=pages[0])
    pages[2].parent = Page.objects.get(pk=pages[0].pk)
    pages[2].clean()
