"""Whatever editors do, in whatever order: visitors see what was published, and old addresses lead there."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pages.editions import deletion
from pages.editions.history import restore
from pages.editions.publishing import save_draft, take_down
from pages.editions.scheduling import cancel, schedule, take_down_at
from pages.editions.snapshot import snapshot
from pages.editions.waiting_edition import WaitingChoice, discard_draft, publish_beside_waiting
from pages.live.tree import LiveTree
from pages.models import Page, TextBlock
from pages.tree.moving import move, set_menu
from tests import factories
from tests.factories import waiting_edition
from tests.proofs import examples

START = datetime(2027, 3, 27, 12, tzinfo=UTC)  # the clocks are put forward the night after
SLUGS = ["a-nb", "b-nb", "side"]
STEPS = [
    "save", "publish", "publish", "publish", "rename", "schedule", "schedule", "cancel", "take_down",
    "take_down_at", "restore", "discard", "place", "move", "move", "menu", "delete", "recover", "wait", "wait",
]  # fmt: skip
# Without shrinking, which takes minutes here: the notebook says where it went wrong.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
HOURS = st.integers(1, 30)


@dataclass(frozen=True)
class Shown:
    """Words that visitors see from one moment to another. The newest start wins; an end brings nothing back."""

    start: datetime
    end: datetime | None
    words: str
    slug: str


@dataclass
class Remembered:
    """What a person with a notebook would remember of one page."""

    page: Page
    shown: list[Shown] = field(default_factory=list)

    def now(self) -> Shown | None:
        """Return what visitors should see now."""
        started = [one for one in self.shown if one.start <= timezone.now()]
        last = started[-1] if started else None
        return last if last and (last.end is None or last.end > timezone.now()) else None

    def begin(self, start, end):
        """Write down what the form says as shown from `start`."""
        page = Page.objects.get(pk=self.page.pk)
        words = TextBlock.objects.get(parent=page).body_nb
        self.shown = sorted([*self.shown, Shown(start, end, words, page.slug_nb)], key=lambda one: one.start)

    def forget_plans(self):
        self.shown = [one for one in self.shown if one.start <= timezone.now()]

    def end(self, at):
        last = self.now()
        self.shown = [replace(one, end=at) if one is last else one for one in self.shown]


class AnySequence(TestCase):
    def setUp(self):
        factories.clinic()
        factories.front()
        self.number = 0

    @settings(max_examples=examples(3, times=34), phases=PHASES, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(STEPS), st.sampled_from([0, 0, 1]), st.integers(0, 3), HOURS),
            min_size=4,
            max_size=14,
        )
    )
    @example(
        [
            ("publish", 0, 0, 1),
            ("take_down_at", 0, 0, 5),
            ("save", 0, 0, 1),
            ("publish", 0, 0, 1),
            ("wait", 0, 0, 6),
        ]
    )
    @example(
        [
            ("publish", 0, 0, 1),
            ("rename", 0, 2, 1),
            ("publish", 0, 0, 1),
            ("rename", 0, 0, 1),
            ("publish", 0, 0, 1),
        ]
    )
    @example(
        [("publish", 0, 0, 1), ("save", 0, 0, 1), ("schedule", 0, 0, 9), ("delete", 0, 0, 1), ("wait", 0, 0, 10)]
    )
    @example(
        [("publish", 0, 0, 1), ("save", 0, 0, 1), ("schedule", 0, 0, 9), ("move", 0, 1, 1), ("wait", 0, 0, 10)]
    )
    @example([("publish", 0, 0, 1), ("save", 0, 0, 1), ("menu", 0, 1, 1), ("move", 0, 1, 3), ("menu", 0, 0, 1)])
    def test_keeps_visitors_addresses_and_restored_words_right(self, steps):
        with time_machine.travel(START, tick=False) as self.clock:
            pages = [factories.draft(slug, languages=("nb",)) for slug in ("a", "b")]
            self.pages = [Remembered(page) for page in pages]
            for step, which, choice, hours in steps:
                with suppress(ValidationError):  # refused: then nothing may have changed
                    getattr(self, step)(self.pages[which], choice, hours)
                self.check()
                self.clock.shift(timedelta(minutes=1))

    # --- what editors do -----------------------------------------------------------------------------
    def save(self, one, choice, hours):
        self.number += 1
        TextBlock.objects.filter(parent=one.page).update(body_nb=f"<p>ord{self.number}ord</p>")
        return save_draft(Page.objects.get(pk=one.page.pk), by=None)

    def rename(self, one, choice, hours):
        Page.objects.filter(pk=one.page.pk).update(slug_nb=SLUGS[choice % 3])

    def publish(self, one, choice, hours):
        edition = save_draft(Page.objects.get(pk=one.page.pk), by=None)
        replaced, said = one.now(), WaitingChoice.values[choice % 3]
        waits = waiting_edition(one.page, now=timezone.now())
        snapshotted = Page.objects.get(pk=one.page.pk).slug_nb, TextBlock.objects.get(parent=one.page).body_nb
        publish_beside_waiting(edition, by=None, choice=said)
        if waits and said != WaitingChoice.KEEP:
            one.forget_plans()
        new = Shown(timezone.now(), replaced.end if replaced else None, snapshotted[1], snapshotted[0])
        one.shown = sorted([*one.shown, new], key=lambda shown: shown.start)

    def schedule(self, one, choice, hours):
        edition = save_draft(Page.objects.get(pk=one.page.pk), by=None)
        at = timezone.now() + timedelta(hours=hours)
        until = at + timedelta(hours=choice) if choice else None
        schedule(edition, by=None, at=at, until=until)
        one.forget_plans()
        one.begin(at, until)

    def cancel(self, one, choice, hours):
        if waits := waiting_edition(one.page, now=timezone.now()):
            cancel(waits)
            one.forget_plans()

    def take_down(self, one, choice, hours):
        take_down(one.page)
        one.end(timezone.now())

    def take_down_at(self, one, choice, hours):
        at = timezone.now() + timedelta(hours=hours)
        take_down_at(one.page, at)
        one.end(at)

    def restore(self, one, choice, hours):
        editions = list(one.page.editions.order_by("pk"))
        if editions:
            edition = editions[choice % len(editions)]
            left_out = restore(edition, by=None, note="")
            head, body = snapshot(Page.objects.get(pk=one.page.pk))
            assert body == edition.body
            assert left_out or head == edition.head

    def discard(self, one, choice, hours):
        discard_draft(one.page, by=None)

    def place(self, one, choice, hours):
        """Choose a place in the form, which is a draft."""
        page = Page.objects.get(pk=one.page.pk)
        page.parent = self.pages[choice % 2].page
        page.clean()
        page.save()

    def move(self, one, choice, hours):
        other = self.pages[hours % 2].page
        move(one.page, by=None, parent=other if choice % 2 else None)

    def menu(self, one, choice, hours):
        set_menu(one.page, shown=bool(choice % 2), by=None)
        shown = [link.page_id for link in LiveTree.read(at=timezone.now()).menu("nb")]
        assert (one.page.pk in shown) == bool(choice % 2 and one.now())

    def delete(self, one, choice, hours):
        deletion.delete(one.page, by=None)
        one.forget_plans()
        one.end(timezone.now())

    def recover(self, one, choice, hours):
        deletion.recover(one.page)

    def wait(self, one, choice, hours):
        self.clock.shift(timedelta(hours=hours))

    # --- what must hold ------------------------------------------------------------------------------
    def check(self):
        now = {one.page.pk: one.now() for one in self.pages}
        addresses = [shown.slug for shown in now.values() if shown]
        assert len(addresses) == len(set(addresses))
        for slug in SLUGS:
            answer = self.client.get(f"/{slug}/")
            here = next((shown for shown in now.values() if shown and shown.slug == slug), None)
            had = [one for one in self.pages if slug in self.former(one)]
            leads = next((now[one.page.pk] for one in had if now[one.page.pk]), None)
            if here:
                assert answer.status_code == 200, slug
                assert here.words in answer.text
                assert answer.text.count("ord</p>") == here.words.count("ord</p>")
            elif leads:
                assert (answer.status_code, answer["Location"]) == (301, f"/{leads.slug}/")
            else:
                assert answer.status_code == 404, slug

    @staticmethod
    def former(one):
        return {shown.slug for shown in one.shown if shown.start <= timezone.now()}
