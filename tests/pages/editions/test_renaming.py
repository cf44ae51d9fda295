"""Whatever staff rename and publish, a former address leads to its page in one step, or nowhere."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pages.editions.publishing import publish, save_draft, take_down
from pages.models import Address, Page
from tests import factories
from tests.proofs import examples

pytestmark = pytest.mark.django_db

PAGES = st.integers(0, 2)
SLUGS = st.sampled_from(["en", "to", "tre", "fire"])  # few, so that pages compete for them
DEEDS = st.one_of(
    st.tuples(st.just("rename"), PAGES, SLUGS),
    st.tuples(st.just("rename and publish"), PAGES, SLUGS),
    st.tuples(st.just("publish"), PAGES, st.none()),
    st.tuples(st.just("take down"), PAGES, st.none()),
)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def do(pages, deed, number, slug, now):
    page = Page.objects.get(pk=pages[number].pk)
    if slug:
        page.slug_nb = slug
        page.save()
    if deed == "take down":
        take_down(page, now=now)
    elif deed != "rename":
        edition = save_draft(page, by=None)
        try:
            publish(edition, by=None, now=now)
        except ValidationError:
            return None
        return page, edition.head["slug"]["nb"]
    return None


class FormerAddresses(TestCase):
    @settings(max_examples=examples(7, times=30), deadline=None)
    @given(st.lists(DEEDS, min_size=5, max_size=14))
    def test_every_address_a_page_ever_had_leads_to_it_in_one_step_or_is_a_404(self, deeds):
        pages = [factories.draft(f"side{number}", languages=("nb",)) for number in range(3)]
        ever = {}
        for step, (deed, number, slug) in enumerate(deeds):
            done = do(pages, deed, number, slug, NOON + timedelta(minutes=step))
            if done:
                page, path = done
                assert ever.setdefault(path, page.pk) == page.pk, "an address was given to another page"
        live = {edition.page_id for page in pages for edition in page.editions.live(at=NOON + timedelta(days=1))}
        for path, page_id in ever.items():
            present = Address.objects.get(page=page_id, language="nb", current=True).path
            answer = self.client.get(f"/{path}/")
            if page_id not in live:
                assert answer.status_code == 404
            elif path == present:
                assert answer.status_code == 200
            else:
                assert (answer.status_code, answer["Location"]) == (301, f"/{present}/")
                assert self.client.get(answer["Location"]).status_code == 200
