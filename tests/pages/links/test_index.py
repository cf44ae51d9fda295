"""What editions name is listed with every change: whatever editors do, the rows say what reading all would say."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pages.editions import deletion
from pages.editions.history import restore
from pages.editions.publishing import ValidationError, publish, save_draft, take_down
from pages.editions.scheduling import cancel, schedule, take_down_at
from pages.editions.waiting_edition import discard_draft
from pages.links.external import addresses_in
from pages.links.internal import leading_to, shown_under, targets_in
from pages.models import Edition, InsideLink, OutsideLink, Page, TextBlock
from pages.tree.moving import move
from tests.factories import draft, live, waiting_edition
from tests.proofs import examples

STEPS = [
    "save", "save", "publish", "publish", "schedule", "cancel", "take_down", "end", "restore", "discard", "move",
    "delete", "recover", "wait", "wait",
]  # fmt: skip
START = datetime(2027, 3, 27, 12, tzinfo=UTC)


def read_all():
    """Return what the editions that count name, and what those name that visitors see, by reading them all."""
    now = timezone.now()
    live = set(Edition.objects.live(at=now).values_list("pk", flat=True))
    counted = set(Edition.objects.current_or_coming(at=now).values_list("pk", flat=True))
    for page in Page.objects.kept():
        counted |= set(page.editions.order_by("-pk").values_list("pk", flat=True)[:1])
    named = set()
    for edition in Edition.objects.filter(pk__in=counted, page__deleted_at=None):
        names = {*addresses_in(edition.body), *targets_in(edition.body), ("under", edition.head["parent"])}
        named |= {(edition.page_id, name, edition.pk in live) for name in names - {("under", None)}}
    return named


def listed():
    """Return the same from the rows."""
    now, named = timezone.now(), set()
    for rows, is_live in (
        (OutsideLink.objects.visible(at=now), True),
        (OutsideLink.objects.in_use(at=now), False),
    ):
        named |= {(row.page_id, row.address, is_live) for row in rows if is_live or not of_live(row, now)}
    for rows, is_live in ((InsideLink.objects.visible(at=now), True), (InsideLink.objects.in_use(at=now), False)):
        for row in rows:
            if is_live or not of_live(row, now):
                named.add((row.page_id, ("under", row.target) if row.above else row.target, is_live))
    return named


def of_live(row, now):
    return type(row).objects.visible(at=now).filter(pk=row.pk).exists()


def fill():
    """Return the rows that the migration writes for a database of before."""
    OutsideLink.objects.all().delete()
    InsideLink.objects.all().delete()
    import_module("pages.migrations.0017_links_by_page").list_links(apps, None)
    return listed()


class AnySequence(TestCase):
    @settings(
        max_examples=examples(3, times=30), deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
    )
    @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.integers(1, 20)), max_size=14))
    def test_the_rows_say_what_reading_all_editions_says(self, steps):
        with time_machine.travel(START, tick=False) as self.clock:
            self.pages = [draft(slug, languages=("nb",)) for slug in ("a", "b")]
            for step, which, number in steps:
                with suppress(ValidationError):  # refused: the rows must be as true as before
                    getattr(self, step)(Page.objects.get(pk=self.pages[which].pk), number)
                assert listed() == read_all(), step
                self.clock.shift(timedelta(minutes=1))
            before = listed()
            assert fill() == before

    def save(self, page, number):
        other = self.pages[number % 2].pk
        TextBlock.objects.filter(parent=page).update(
            body_nb=f'<p><a href="https://{number}.no">x</a> <a href="page:{other}">y</a> '
            f'<a href="page:{number}0">z</a></p>'
        )
        return save_draft(page, by=None)

    def publish(self, page, number):
        publish(self.save(page, number), by=None)

    def schedule(self, page, number):
        at = timezone.now() + timedelta(hours=number)
        schedule(self.save(page, number), by=None, at=at, until=at + timedelta(hours=3) if number % 2 else None)

    def cancel(self, page, number):
        if waits := waiting_edition(page):
            cancel(waits)

    def take_down(self, page, number):
        take_down(page)

    def end(self, page, number):
        take_down_at(page, timezone.now() + timedelta(hours=number))

    def restore(self, page, number):
        if edition := page.editions.order_by("pk").first():
            restore(edition, by=None, note="")

    def discard(self, page, number):
        discard_draft(page, by=None)

    def move(self, page, number):
        move(page, parent=self.pages[1] if number % 2 else None, by=None)

    def delete(self, page, number):
        deletion.delete(page, by=None)

    def recover(self, page, number):
        deletion.recover(page)

    def wait(self, page, number):
        self.clock.shift(timedelta(hours=number))


@pytest.mark.django_db
def test_the_pages_that_lead_to_a_page_are_told_from_those_that_lie_under_it():
    page = live("maal")
    live("lenker", body=f'<p><a href="page:{page.pk}">x</a></p>')
    live("under", parent=page)
    leading, later = leading_to(page, at=timezone.now())
    assert [str(one) for one in leading] == ["lenker nb"]
    assert not later
    assert [str(one) for one in shown_under(page, at=timezone.now())] == ["under nb"]


@pytest.mark.django_db
def test_a_door_and_a_link_count_and_a_number_that_begins_alike_does_not():
    body = [{"type": "door", "link": "page:3"}, {"type": "text", "body": {"nn": '<p><a href="page:12">x</a></p>'}}]
    assert targets_in(body) == {3, 12}
    assert targets_in([{"text": "page:3 og page:4", "url": "https://a.no/page:5"}]) == set()
