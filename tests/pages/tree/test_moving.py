"""Moving a page: visitors see its new place at once and not one new word; drafts and plans stay what they are."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pages.editions import scheduling
from pages.editions.deletion import delete
from pages.editions.publishing import publish, save_draft, take_down
from pages.editions.waiting_edition import WaitingChoice, discard_draft, publish_beside_waiting
from pages.live.tree import LiveTree
from pages.models import Edition, Page, TextBlock
from pages.tree.moving import move, set_menu
from pages.tree.siblings import level
from tests import factories
from tests.factories import waiting_edition
from tests.proofs import examples

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OVERVIEW = Page.Kind.OVERVIEW


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        factories.clinic()
        factories.front()
        yield clock


@pytest.fixture
def section(clock):
    """An overview with three live pages."""
    return factories.section()


def called(slug):
    return Page.objects.get(slug_nb=f"{slug}-nb")


def order(parent):
    return [page.slug_nb.removesuffix("-nb") for page in level(parent.pk if parent else None)]


def shown(parent, language="nb"):
    """Return what visitors see under a page."""
    return [
        link.title.removesuffix(" nb") for link in LiveTree.read(at=timezone.now()).children(parent.pk, language)
    ]


def live_of(page):
    return page.editions.live(at=timezone.now()).first()


def say(page, words):
    TextBlock.objects.filter(parent=page).update(body_nb=f"<p>{words}</p>")
    return save_draft(Page.objects.get(pk=page.pk), by=None)


def words(edition):
    """Return all of an edition but the place."""
    return {k: v for k, v in edition.head.items() if k not in ("parent", "position", "in_menu")}, edition.body


# --- order ----------------------------------------------------------------------------------------
def test_a_page_is_put_before_or_after_another_and_visitors_see_it(section, client):
    move(called("tre"), parent=section, before=called("en"), by=None)
    assert order(section) == shown(section) == ["tre", "en", "to"]
    move(called("tre"), parent=section, after=called("en"), by=None)
    assert order(section) == shown(section) == ["en", "tre", "to"]
    text = client.get("/artikler-nb/").text
    assert text.index("en nb</a>") < text.index("tre nb</a>") < text.index("to nb</a>")


def test_a_move_between_two_pages_with_room_writes_one_page(section):
    before = Edition.objects.count()
    move(called("tre"), parent=section, before=called("to"), by=None)
    assert Edition.objects.count() == before + 1
    assert called("tre").position == 15


def test_pages_that_share_a_number_get_room_and_keep_their_order(clock):
    section = factories.live("artikler", kind=OVERVIEW)
    for slug in ("en", "to", "tre", "fire"):
        factories.live(slug, parent=section)
    move(called("fire"), parent=section, before=called("to"), by=None)
    assert order(section) == shown(section) == ["en", "fire", "to", "tre"]


def test_a_move_to_where_the_page_is_writes_nothing(section):
    before = Edition.objects.count()
    move(called("to"), parent=section, after=called("en"), by=None)
    assert Edition.objects.count() == before


# --- under another page ------------------------------------------------------------------------------
def test_a_page_moves_to_another_overview_and_both_show_it_at_once(section, client):
    other = factories.live("annet", kind=OVERVIEW)
    move(called("to"), parent=other, by=None)
    assert (shown(section), shown(other)) == (["en", "tre"], ["to"])
    assert "to nb" not in client.get("/artikler-nb/").text
    assert "to nb" in client.get("/annet-nb/").text
    assert 'href="/annet-nb/"' in client.get("/to-nb/").text


def test_a_page_moves_to_the_top(section):
    move(called("to"), parent=None, by=None)
    assert shown(section) == ["en", "tre"]
    assert live_of(called("to")).head["parent"] is None


@pytest.mark.plain
@pytest.mark.parametrize("under", ["artikler", "en"])
def test_a_page_cannot_be_placed_under_itself_or_what_lies_under_it(section, under):
    with pytest.raises(ValidationError):
        move(section, parent=called(under), by=None)


def test_what_visitors_see_makes_no_loop_either(section):
    """The draft of a page has left its section, which visitors have not seen yet."""
    page = called("en")
    page.parent = None
    page.save()
    save_draft(page, by=None)
    with pytest.raises(ValidationError, match="Publi"):
        move(section, parent=page, by=None)


def test_what_waits_makes_no_loop_at_its_hour(section):
    page = factories.draft("venter", parent=section)
    scheduling.schedule(save_draft(page, by=None), by=None, at=NOON + HOUR)
    page.parent = None
    page.save()
    save_draft(page, by=None)
    with pytest.raises(ValidationError, match="Publi"):
        move(section, parent=page, by=None)


@pytest.mark.plain
def test_no_page_is_placed_under_a_deleted_one_or_one_that_can_have_none(section):
    gone = factories.live("borte")
    delete(gone, by=None)
    contact = factories.live("kontakt", kind=Page.Kind.CONTACT)
    for parent in (gone, contact, Page.objects.get(kind="front")):
        with pytest.raises(ValidationError):
            move(called("en"), parent=parent, by=None)
    with pytest.raises(ValidationError):
        move(contact, parent=section, by=None)
    with pytest.raises(ValidationError):
        move(gone, parent=section, by=None)


@pytest.mark.plain
def test_a_neighbour_that_has_moved_away_is_named(section):
    move(called("en"), parent=None, by=None)
    with pytest.raises(ValidationError, match="en nb"):
        move(called("tre"), parent=section, before=called("en"), by=None)


# --- no word moves -------------------------------------------------------------------------------------
@pytest.mark.plain
def test_a_half_written_draft_stays_a_draft(section, client):
    page = called("to")
    draft = say(page, "Halvskrevet")
    live = live_of(page)
    move(page, parent=section, before=called("en"), by=None)
    assert words(live_of(page)) == words(live)
    assert "Halvskrevet" not in client.get("/to-nb/").text
    newest = page.editions.first()
    assert newest.digest != live_of(page).digest
    assert words(newest) == words(draft)
    assert newest.head["position"] == live_of(page).head["position"] == 5
    assert TextBlock.objects.get(parent=page).body_nb == "<p>Halvskrevet</p>"


def test_a_page_without_a_draft_is_one_edition_richer_and_still_live(section):
    page = called("to")
    before = page.editions.count()
    move(page, parent=section, before=called("en"), by=None)
    assert page.editions.count() == before + 1
    assert page.editions.first().digest == live_of(page).digest


@pytest.mark.plain
def test_a_page_that_is_not_on_the_website_is_not_put_there(section, client):
    page = factories.draft("utkast", parent=section)
    save_draft(page, by=None)
    move(page, parent=None, by=None)
    set_menu(page, shown=True, by=None)
    assert client.get("/utkast-nb/").status_code == 404
    take_down(called("en"))
    move(called("en"), parent=None, by=None)
    assert client.get("/en-nb/").status_code == 404
    assert live_of(called("en")) is None


def test_a_planned_end_stays(section, clock, client):
    scheduling.take_down_at(called("to"), NOON + HOUR)
    move(called("to"), parent=None, by=None)
    clock.move_to(NOON + HOUR)
    assert client.get("/to-nb/").status_code == 404


@pytest.mark.plain
def test_the_day_of_the_words_stays(section, clock, client):
    clock.move_to(NOON + timedelta(days=3))
    move(called("to"), parent=None, by=None)
    clock.move_to(NOON + timedelta(days=4))
    move(called("to"), parent=section, by=None)
    assert 'datetime="2026-03-01"' in client.get("/to-nb/").text
    assert client.get("/sitemap.xml").text.count("2026-03-01") >= 4
    assert "2026-03-0" not in client.get("/sitemap.xml").text.replace("2026-03-01", "")


@pytest.mark.plain
def test_the_page_is_found_by_search_as_before(section, client):
    say(called("to"), "Ridetur")
    publish(called("to").editions.first(), by=None)
    move(called("to"), parent=None, by=None)
    assert "to nb" in client.get("/sok/", {"q": "ridetur"}).text


# --- what waits ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("discarded", [False, True])
def test_a_waiting_edition_does_not_undo_a_move(section, clock, client, discarded):
    page = called("to")
    scheduling.schedule(say(page, "Fra klokken to"), by=None, at=NOON + HOUR, until=NOON + 3 * HOUR)
    if discarded:
        say(page, "Noe annet")
    move(page, parent=section, after=called("tre"), by=None)
    assert "Fra klokken to" not in client.get("/to-nb/").text
    waiting, newest = waiting_edition(page), page.editions.first()
    assert waiting.live_until == NOON + 3 * HOUR
    assert (newest.digest not in {waiting.digest, live_of(page).digest}) is discarded
    clock.move_to(NOON + HOUR)
    assert "Fra klokken to" in client.get("/to-nb/").text
    assert shown(section) == ["en", "tre", "to"]
    clock.move_to(NOON + 3 * HOUR)
    assert client.get("/to-nb/").status_code == 404


@pytest.mark.plain
def test_a_first_publication_that_waits_gets_the_place_and_keeps_its_address(section, clock, client):
    page = factories.draft("ny")
    scheduling.schedule(save_draft(page, by=None), by=None, at=NOON + HOUR)
    move(page, parent=section, by=None)
    assert live_of(page) is None
    assert waiting_edition(page) is not None
    with pytest.raises(ValidationError):
        publish(save_draft(factories.draft("annen", slug_nb="ny-nb"), by=None), by=None)
    clock.move_to(NOON + HOUR)
    assert shown(section) == ["en", "to", "tre", "ny"]
    assert client.get("/ny-nb/").status_code == 200


@pytest.mark.plain
def test_what_waits_is_brought_up_to_date_in_the_new_place(section, clock):
    page = called("to")
    scheduling.schedule(say(page, "Fra klokken to"), by=None, at=NOON + HOUR)
    discard_draft(page, by=None)
    move(page, parent=None, by=None)
    assert publish_beside_waiting(say(page, "Rettet"), by=None, choice=WaitingChoice.REBUILD) != []
    assert (called("to").parent, shown(section)) == (None, ["en", "tre"])


# --- who answers for it ---------------------------------------------------------------------------------
@pytest.mark.plain
def test_a_move_needs_no_clinical_review(section, editor, settings):
    page = called("to")
    Page.objects.filter(pk=page.pk).update(clinical=True)
    publish(save_draft(called("to"), by=None), by=None)
    settings.CLINICAL_GATE = settings.CLINICAL_TWO_PERSONS = True
    move(page, parent=None, by=editor)
    assert shown(section) == ["en", "tre"]


@pytest.mark.plain
def test_whoever_moved_a_page_has_not_read_it_and_the_writer_has_written_it(section, editor, reviewer, settings):
    settings.CLINICAL_TWO_PERSONS = True
    page = called("to")
    Page.objects.filter(pk=page.pk).update(clinical=True)
    save_draft(called("to"), by=editor)
    move(page, parent=None, by=reviewer)
    with pytest.raises(ValidationError):
        publish(save_draft(called("to"), by=editor), by=editor)
    publish(page.editions.first(), by=reviewer)


# --- the menu ---------------------------------------------------------------------------------------------
def menu():
    return [link.title for link in LiveTree.read(at=timezone.now()).menu("nb")]


def test_a_page_goes_into_the_menu_and_out_again_without_its_draft(section, client):
    say(called("to"), "Halvskrevet")
    set_menu(called("to"), shown=True, by=None)
    assert menu() == ["to nb"]
    assert "Halvskrevet" not in client.get("/to-nb/").text
    assert Page.objects.get(slug_nb="to-nb").in_menu
    set_menu(called("to"), shown=False, by=None)
    assert menu() == []


def test_the_menu_follows_the_order_of_the_tree(section):
    factories.live("nederst", position=500, in_menu=True)
    for slug in ("tre", "en"):
        set_menu(called(slug), shown=True, by=None)
    assert menu() == ["en nb", "tre nb", "nederst nb"]


@pytest.mark.plain
def test_the_draft_keeps_its_own_answer_to_the_menu(section):
    """A move publishes the place, not a tick that an editor has set in a draft."""
    Page.objects.filter(slug_nb="to-nb").update(in_menu=True)
    save_draft(called("to"), by=None)
    move(called("to"), parent=None, by=None)
    assert menu() == []
    assert called("to").in_menu


def test_the_history_says_who_moved(section, editor):
    move(called("to"), parent=None, by=editor)
    newest = called("to").editions.first()
    assert (newest.saved_by, newest.note) == (editor, "Flyttet")


# --- whatever is done ----------------------------------------------------------------------------------------
VERBS = ["move", "move", "move", "menu", "draft", "publish", "schedule", "form", "wait"]
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 4), st.integers(-1, 4), st.integers(-1, 4)),
    min_size=4,
    max_size=14,
)


class TestAnySequence(TestCase):
    """Any sequence of moves, drafts and plans keeps a forest, every word, and every place that was chosen."""

    @settings(max_examples=examples(5, times=60), deadline=None)
    @given(steps=STEPS, positions=st.lists(st.integers(0, 3), min_size=5, max_size=5))
    @example(steps=[("move", 3, 1, -1), ("form", 1, 3, -1)], positions=[0] * 5)
    def test_keeps_a_forest_and_every_word(self, steps, positions):
        with time_machine.travel(NOON, tick=False) as clock:
            pages = [factories.live(f"s{n}", position=position) for n, position in enumerate(positions)]
            for number, (verb, one, two, three) in enumerate(steps):
                # As they are now: an editor in the admin has just read them.
                other, beside = (Page.objects.get(pk=pages[n].pk) if n >= 0 else None for n in (two, three))
                self.step(verb, Page.objects.get(pk=pages[one].pk), other, beside, number, clock)
                assert_forest({page.pk: page.parent_id for page in Page.objects.all()}, len(pages))
                heads = {node.page_id: node.head for node in LiveTree.read(at=timezone.now()).nodes.values()}
                assert_forest({pk: head["parent"] for pk, head in heads.items()}, len(pages))
            clock.shift(100 * HOUR)  # all that waits has begun
            heads = {node.page_id: node.head for node in LiveTree.read(at=timezone.now()).nodes.values()}
            assert_forest({pk: head["parent"] for pk, head in heads.items()}, len(pages))

    def step(self, verb, page, other, beside, number, clock):
        live = live_of(page)
        same_place = (live.head["parent"], live.head["position"]) == (page.parent_id, page.position)
        may_plan = same_place and waiting_edition(page) is None
        if verb in ("move", "menu"):
            self.move_or_tick(verb, page, other, beside)
        elif verb == "draft":
            say(page, f"utkast {number}")
        elif verb == "publish" and may_plan:
            publish(say(page, f"nytt {number}"), by=None)
        elif verb == "schedule" and may_plan:
            scheduling.schedule(say(page, f"senere {number}"), by=None, at=timezone.now() + 3 * HOUR)
        elif verb == "form":  # an editor changes the place in the form, and saves a draft
            page.parent = other
            try:
                page.clean()
            except ValidationError:
                return
            page.save()
            save_draft(page, by=None)
        elif verb == "wait":
            clock.shift(HOUR)

    def move_or_tick(self, verb, page, other, beside):
        before, tree = everything_said(), list(Page.objects.order_by("pk").values_list("pk", "parent", "position"))
        try:
            if verb == "move":
                move(page, parent=other, before=beside, by=None)
            else:
                set_menu(page, shown=other is None, by=None)
        except ValidationError:
            assert list(Page.objects.order_by("pk").values_list("pk", "parent", "position")) == tree
        else:
            page.refresh_from_db()
            names = ("parent", "position") if verb == "move" else ("in_menu",)
            editions = [live_of(page), waiting_edition(page), page.editions.first()]
            here = {tuple(edition.head[name] for name in names) for edition in editions if edition}
            assert here == {(page.parent_id, page.position) if verb == "move" else (page.in_menu,)}
            if verb == "move" and beside:
                siblings = [sibling.pk for sibling in level(page.parent_id)]
                assert siblings.index(page.pk) + 1 == siblings.index(beside.pk)
        assert everything_said() == before


def everything_said():
    """Return, of every page, the words in the form, those visitors read, and those that wait and when.

    Five queries for all pages: it is asked twice in every step.
    """
    now, newest = timezone.now(), Edition.objects.values("page").annotate(newest=Max("pk")).values("newest")
    chosen = (Edition.objects.live(at=now), Edition.objects.waiting(at=now), Edition.objects.filter(pk__in=newest))
    by_page = [{edition.page_id: edition for edition in editions} for editions in chosen]
    said = {"blocks": sorted(TextBlock.objects.values_list("parent", "body_nb"))}
    for page in Page.objects.all():
        known = [editions.get(page.pk) for editions in by_page]
        waits = known[1] and (known[1].live_from, known[1].live_until)
        said[page.pk] = ([words(e) if e else None for e in known], page.title_nb, waits)
    return said


def assert_forest(parents, pages):
    """Each page is there once, and from each the way up ends."""
    assert len(parents) == pages
    for page in parents:
        way = [page]
        while parents[way[-1]] is not None:
            assert parents[way[-1]] not in way
            way.append(parents[way[-1]])
