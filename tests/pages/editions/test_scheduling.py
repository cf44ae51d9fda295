"""Publishing later: nothing is seen before its time, and nothing is undone in silence."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pages.editions.publishing import publish, save_draft, take_down
from pages.editions.scheduling import cancel, reschedule, schedule, take_down_at
from pages.editions.waiting_edition import WaitingChoice, bring_up_to_date, discard_draft, publish_beside_waiting
from pages.models import Address, Edition, Page, TextBlock
from tests import factories
from tests.factories import waiting_edition
from tests.proofs import examples

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        factories.clinic()
        factories.front()
        yield clock


def change(page, **fields):
    """Change the working copy and return its new draft."""
    page = Page.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save()
    return save_draft(page, by=None)


def say(page, words):
    TextBlock.objects.filter(parent=page).update(body_nb=f"<p>{words}</p>")
    return save_draft(Page.objects.get(pk=page.pk), by=None)


def test_a_first_publication_is_seen_from_its_minute_and_not_before(clock, client):
    page = factories.draft()
    schedule(save_draft(page, by=None), by=None, at=NOON + HOUR)
    assert client.get("/avrusning-nb/").status_code == 404
    assert client.get("/en/avrusning-en/").status_code == 404
    clock.move_to(NOON + HOUR - timedelta(seconds=1))
    assert client.get("/avrusning-nb/").status_code == 404
    clock.move_to(NOON + HOUR)
    assert client.get("/avrusning-nb/").status_code == 200


def test_who_published_stands_with_the_edition(clock, administrator):
    edition = save_draft(factories.draft(), by=None)
    publish(edition, by=administrator)
    assert Edition.objects.get(pk=edition.pk).published_by == administrator


def test_an_edition_whose_time_is_over_is_published_again_without_that_end(clock, client):
    page = factories.live()
    take_down(page)
    publish(page.editions.get(), by=None)
    assert client.get("/avrusning-nb/").status_code == 200


def test_visitors_read_the_present_edition_until_the_waiting_one_begins(clock, client):
    page = factories.live()
    schedule(say(page, "Fra i morgen"), by=None, at=NOON + HOUR)
    assert "Fra i morgen" not in client.get("/avrusning-nb/").text
    clock.move_to(NOON + HOUR)
    assert "Fra i morgen" in client.get("/avrusning-nb/").text


def test_an_edition_ends_at_its_time(clock, client):
    page = factories.draft()
    schedule(save_draft(page, by=None), by=None, at=NOON + HOUR, until=NOON + 2 * HOUR)
    clock.move_to(NOON + 2 * HOUR)
    assert client.get("/avrusning-nb/").status_code == 404


def test_a_waiting_page_keeps_its_address_from_others(clock):
    schedule(save_draft(factories.draft(), by=None), by=None, at=NOON + HOUR)
    with pytest.raises(ValidationError):
        publish(save_draft(factories.draft(), by=None), by=None)


def test_a_cancelled_page_gives_back_an_address_that_no_visitor_has_seen(clock, client):
    edition = save_draft(factories.draft(), by=None)
    schedule(edition, by=None, at=NOON + HOUR)
    cancel(edition)
    clock.move_to(NOON + HOUR)
    assert client.get("/avrusning-nb/").status_code == 404
    publish(save_draft(factories.draft(), by=None), by=None)
    assert client.get("/avrusning-nb/").status_code == 200


def test_a_cancelled_edition_of_a_live_page_leaves_its_addresses(clock, client):
    page = factories.live()
    edition = say(page, "Senere")
    schedule(edition, by=None, at=NOON + HOUR)
    cancel(edition)
    assert Address.objects.filter(page=page).count() == 3
    assert client.get("/avrusning-nb/").status_code == 200


@pytest.mark.plain
@pytest.mark.parametrize("at", [NOON, NOON - HOUR, NOON + timedelta(days=800)])
def test_only_a_time_to_come_is_taken(clock, at):
    edition = save_draft(factories.draft(), by=None)
    with pytest.raises(ValidationError) as refused:
        schedule(edition, by=None, at=at)
    assert list(refused.value.message_dict) == ["at"]
    schedule(edition, by=None, at=NOON + HOUR)
    with pytest.raises(ValidationError):
        reschedule(edition, by=None, at=at)
    assert waiting_edition(edition.page).live_from == NOON + HOUR


@pytest.mark.plain
@pytest.mark.parametrize("until", [NOON + HOUR, NOON + 2 * HOUR])
def test_a_page_is_taken_down_after_it_is_published(clock, until):
    with pytest.raises(ValidationError) as refused:
        schedule(save_draft(factories.draft(), by=None), by=None, at=NOON + 2 * HOUR, until=until)
    assert list(refused.value.message_dict) == ["until"]


def test_a_live_page_cannot_be_given_another_address_later(clock):
    edition = change(factories.live(), slug_nn="avgifting")
    with pytest.raises(ValidationError) as refused:
        schedule(edition, by=None, at=NOON + HOUR)
    assert list(refused.value.message_dict) == ["nn"]
    assert not Address.objects.filter(path="avgifting").exists()


def test_a_live_page_can_get_one_more_language_later(clock, client):
    page = factories.live(languages=("nb",))
    TextBlock.objects.filter(parent=page).update(body_en="<p>Welcome</p>")
    schedule(change(page, title_en="Detox", slug_en="detox"), by=None, at=NOON + HOUR)
    assert client.get("/en/detox/").status_code == 404
    clock.move_to(NOON + HOUR)
    assert client.get("/en/detox/").status_code == 200


@pytest.mark.plain
def test_what_is_complete_in_no_language_is_not_scheduled(clock):
    with pytest.raises(ValidationError):
        schedule(save_draft(factories.draft(languages=()), by=None), by=None, at=NOON + HOUR)


def test_what_has_begun_is_neither_moved_nor_cancelled(clock):
    edition = save_draft(factories.draft(), by=None)
    schedule(edition, by=None, at=NOON + HOUR)
    clock.move_to(NOON + HOUR)
    for verb in (lambda: cancel(edition), lambda: reschedule(edition, by=None, at=NOON + 2 * HOUR)):
        with pytest.raises(ValidationError):
            verb()
    assert Edition.objects.live(at=NOON + HOUR).filter(page=edition.page).get() == edition


def test_a_page_has_one_waiting_edition(clock):
    page = factories.live()
    schedule(say(page, "Første plan"), by=None, at=NOON + HOUR)
    second = say(page, "Andre plan")
    schedule(second, by=None, at=NOON + 2 * HOUR)
    assert list(Edition.objects.waiting(at=NOON).filter(page=page)) == [second]


def test_a_page_is_taken_down_at_its_time_also_when_something_newer_is_published(clock, client):
    page = factories.live()
    take_down_at(page, NOON + 2 * HOUR)
    publish(say(page, "Rettet"), by=None, now=NOON + HOUR)
    clock.move_to(NOON + 2 * HOUR)
    assert client.get("/avrusning-nb/").status_code == 404


def test_a_planned_end_can_be_dropped(clock, client):
    page = factories.live()
    take_down_at(page, NOON + HOUR)
    take_down_at(page, None)
    clock.move_to(NOON + HOUR)
    assert client.get("/avrusning-nb/").status_code == 200


def test_a_waiting_edition_published_at_once_keeps_its_own_end(clock):
    edition = save_draft(factories.draft(), by=None)
    schedule(edition, by=None, at=NOON + HOUR, until=NOON + 3 * HOUR)
    publish(edition, by=None)
    assert (edition.live_from, edition.live_until) == (NOON, NOON + 3 * HOUR)


# --- publishing while another waits ----------------------------------------------------------------
@pytest.fixture
def waiting(clock):
    """A live page whose new title waits, and whose working copy is what visitors see."""
    page = factories.live()
    edition = change(page, title_nb="Planlagt tittel")
    schedule(edition, by=None, at=NOON + HOUR)
    discard_draft(page, by=None)
    return edition


@pytest.mark.plain
def test_publishing_without_saying_what_becomes_of_the_waiting_edition_is_refused(waiting):
    with pytest.raises(ValidationError):
        publish(say(waiting.page, "Rettet"), by=None)


@pytest.mark.plain
def test_a_kept_edition_replaces_what_was_published_meanwhile(waiting, clock, client):
    publish_beside_waiting(say(waiting.page, "Rettet"), by=None, choice=WaitingChoice.KEEP)
    assert "Rettet" in client.get("/avrusning-nb/").text
    clock.move_to(NOON + HOUR)
    shown = client.get("/avrusning-nb/").text
    assert "Planlagt tittel" in shown
    assert "Rettet" not in shown


@pytest.mark.plain
def test_a_cancelled_one_never_comes(waiting, clock, client):
    publish_beside_waiting(say(waiting.page, "Rettet"), by=None, choice=WaitingChoice.CANCEL)
    clock.move_to(NOON + HOUR)
    assert "Rettet" in client.get("/avrusning-nb/").text


@pytest.mark.plain
def test_one_that_is_brought_up_to_date_holds_both_changes_and_no_longer_waits(waiting, clock, client):
    clashes = publish_beside_waiting(say(waiting.page, "Rettet"), by=None, choice=WaitingChoice.REBUILD)
    assert clashes == []
    assert waiting_edition(waiting.page) is None
    draft = waiting.page.editions.latest("pk")
    assert draft.head["title"]["nb"] == "Planlagt tittel"
    assert draft.body[0]["body"]["nb"] == "<p>Rettet</p>"
    schedule(draft, by=None, at=NOON + HOUR)
    clock.move_to(NOON + HOUR)
    shown = client.get("/avrusning-nb/").text
    assert "Planlagt tittel" in shown
    assert "Rettet" in shown


@pytest.mark.plain
def test_where_both_changed_the_same_the_waiting_words_stand_in_the_draft_and_it_is_named(waiting):
    fix = change(waiting.page, title_nb="Rettet tittel")
    clashes = publish_beside_waiting(fix, by=None, choice=WaitingChoice.REBUILD)
    assert [(clash.name, clash.ours, clash.theirs) for clash in clashes] == [
        ("title", "Rettet tittel", "Planlagt tittel")
    ]
    assert Page.objects.get(pk=waiting.page_id).title_nb == "Planlagt tittel"
    assert Edition.objects.live(at=NOON).get(page=waiting.page) == fix


def test_a_waiting_edition_is_not_kept_beside_a_new_address_that_it_would_take_back(waiting):
    with pytest.raises(ValidationError):
        publish_beside_waiting(change(waiting.page, slug_nb="ny"), by=None, choice=WaitingChoice.KEEP)
    publish_beside_waiting(change(waiting.page, slug_nb="ny"), by=None, choice=WaitingChoice.REBUILD)
    assert Page.objects.get(pk=waiting.page_id).slug_nb == "ny"


@pytest.mark.plain
def test_a_waiting_edition_opened_again_holds_what_was_put_right_meanwhile(waiting):
    publish_beside_waiting(say(waiting.page, "Rettet"), by=None, choice=WaitingChoice.KEEP)
    bring_up_to_date(waiting, by=None)
    page = Page.objects.get(pk=waiting.page_id)
    assert page.title_nb == "Planlagt tittel"
    assert TextBlock.objects.get(parent=page).body_nb == "<p>Rettet</p>"
    assert waiting_edition(page) == waiting


def test_a_discarded_draft_is_gone_from_the_working_copy_and_kept_in_the_history(clock):
    page = factories.live()
    before = page.editions.get()
    dropped = change(page, title_nb="Angret")
    discard_draft(page, by=None)
    assert Page.objects.get(pk=page.pk).title_nb == "avrusning nb"
    assert page.editions.latest("pk").digest == before.digest != dropped.digest


# --- any sequence ----------------------------------------------------------------------------------
PAGES, SLUGS = 2, ("en", "to", "tre")
STEPS = st.one_of(
    st.tuples(st.just("rename"), st.integers(0, PAGES - 1), st.sampled_from(SLUGS)),
    st.tuples(st.just("publish"), st.integers(0, PAGES - 1), st.sampled_from(WaitingChoice.values)),
    st.tuples(st.just("schedule"), st.integers(0, PAGES - 1), st.integers(-1, 4)),
    st.tuples(st.just("reschedule"), st.integers(0, PAGES - 1), st.integers(-1, 4)),
    st.tuples(st.just("cancel"), st.integers(0, PAGES - 1), st.none()),
    st.tuples(st.just("take_down"), st.integers(0, PAGES - 1), st.none()),
    st.tuples(st.just("take_down_at"), st.integers(0, PAGES - 1), st.none() | st.integers(0, 4)),
    st.tuples(st.just("discard"), st.integers(0, PAGES - 1), st.none()),
    st.tuples(st.just("wait"), st.just(0), st.integers(1, 3)),
)


class AnySequence(TestCase):
    """Whatever editors do, in whatever order, visitors read what is live and no address goes astray."""

    @settings(max_examples=examples(7, times=30), deadline=None)
    @given(steps=st.lists(STEPS, max_size=12))
    def test_visitors_are_only_served_what_is_live(self, steps):
        with time_machine.travel(NOON, tick=False) as clock:
            factories.clinic()
            pages = [factories.draft(languages=("nb",), slug_nb=SLUGS[number]) for number in range(PAGES)]
            seen = {}  # path → page, for every path at which a visitor ever read a page
            for verb, number, value in steps:
                if verb == "wait":
                    clock.shift(value * HOUR)
                else:
                    self.do(verb, Page.objects.get(pk=pages[number].pk), value)
                self.look(pages, seen, as_visitor=verb == "wait")
            self.look(pages, seen, as_visitor=True)

    def do(self, verb, page, value):
        now = datetime.now(UTC)
        at = None if not isinstance(value, int) else now + value * HOUR
        waiting = waiting_edition(page)
        try:
            match verb:
                case "rename":
                    change(page, slug_nb=value)
                case "publish":
                    publish_beside_waiting(save_draft(page, by=None), by=None, choice=value)
                case "schedule":
                    schedule(save_draft(page, by=None), by=None, at=at)
                case "reschedule" if waiting:
                    reschedule(waiting, by=None, at=at, until=at + HOUR)
                case "cancel" if waiting:
                    cancel(waiting)
                case "take_down":
                    take_down(page)
                case "take_down_at":
                    take_down_at(page, at)
                case "discard":
                    discard_draft(page, by=None)
        except ValidationError:
            pass

    def look(self, pages, seen, *, as_visitor):
        now, client = datetime.now(UTC), Client()
        live = {}
        for page in pages:
            started = [e for e in page.editions.order_by("live_from", "pk") if e.live_from and e.live_from <= now]
            if started and not (started[-1].live_until and started[-1].live_until <= now):
                live[page.pk] = started[-1].head["slug"]["nb"]
            assert Edition.objects.waiting(at=now).filter(page=page).count() <= 1
        assert len(set(live.values())) == len(live), "two live pages share an address"
        seen |= {path: pk for pk, path in live.items()}
        for path in SLUGS if as_visitor else ():
            answer = client.get(f"/{path}/")
            if path in live.values():
                assert answer.status_code == 200
            elif seen.get(path) in live:
                assert (answer.status_code, answer["Location"]) == (301, f"/{live[seen[path]]}/")
            else:
                assert answer.status_code in (301, 404)
                if answer.status_code == 301:  # reserved by a page that is live elsewhere
                    assert answer["Location"].strip("/") in live.values()
