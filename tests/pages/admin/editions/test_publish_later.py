"""Publishing later from the form, and changing or cancelling what is planned."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse

from pages.editions.publishing import save_draft
from pages.editions.scheduling import schedule
from pages.editions.waiting_edition import bring_up_to_date, discard_draft, holds_waiting
from pages.models import Page
from pages.tree.moving import set_menu
from tests import kept_rows
from tests.factories import clinic, draft, front, live, waiting_edition
from tests.pages.admin.forms import form_of, new_page, new_text, save
from tests.pages.admin.undrawn_form import errors_undrawn, fields_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)  # 13.00 in Norway
HOUR = timedelta(hours=1)
COMING = "/admin/pages/page/coming/"


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOON, tick=False) as clock:
        clinic()
        front()
        yield clock


def plan_of(page):
    return reverse("admin:pages_page_plan", args=[page.pk])


def discard_of(page):
    return reverse("admin:pages_page_discard", args=[page.pk])


def levels(response):
    return [message.level_tag for message in response.messages]


def errors_of(response):
    return list(response.context["adminform"].form.errors)


def later(client, page, at="2026-03-01T14:00", **fields):
    return save(client, page, button="_schedule", publish_at=at, **fields)


def waiting_page():
    """Return a live page whose new title waits for 14.00; its form says what visitors see."""

    def make():
        page = live()
        Page.objects.filter(pk=page.pk).update(title_nb="Planlagt")
        schedule(save_draft(Page.objects.get(pk=page.pk), by=None), by=None, at=NOON + HOUR)
        discard_draft(page, by=None)

    kept_rows.put("a page that waits", make)
    return Page.objects.get(slug_nb="avrusning-nb")


def test_visitors_see_it_at_the_hour_of_norwegian_clocks(editor_client, client, clock):
    page = draft()
    assert levels(later(editor_client, page, take_down_at="2026-03-01T15:00")) == ["success"]
    assert client.get("/avrusning-nb/").status_code == 404
    clock.move_to(NOON + HOUR)
    assert client.get("/avrusning-nb/").status_code == 200
    clock.move_to(NOON + 2 * HOUR)
    assert client.get("/avrusning-nb/").status_code == 404


def test_a_new_page_can_be_planned_at_once(editor_client):
    new_page(
        editor_client, button="_schedule", title_nb="Sommerstengt", publish_at="2026-03-01T14:00",
        **new_text(body_nb="<p>Vi har åpent.</p>"),
    )  # fmt: skip
    assert waiting_edition(Page.objects.get(title_nb="Sommerstengt")).live_from == NOON + HOUR


def test_a_chosen_time_is_not_ignored_by_the_button_that_publishes_now(editor_client, client):
    page = draft()
    for time in ("publish_at", "take_down_at"):
        refused = save(editor_client, page, button="_publish", title_nb="Ny", **{time: "2026-03-03T08:00"})
        assert errors_of(refused) == [time]
        assert 'value="2026-03-03T08:00"' in refused.text
    assert client.get("/avrusning-nb/").status_code == 404
    assert not page.editions.exists()


def test_a_time_that_is_planned_already_keeps_no_one_from_publishing_now(editor_client):
    page = waiting_page()
    save(editor_client, page, button="_publish", waiting_choice="keep")
    assert page.editions.live(at=NOON).get().live_from == NOON


def test_a_draft_keeps_the_chosen_time_in_the_form_and_says_that_it_is_not_set(editor_client):
    page = draft()
    saved = save(editor_client, page, title_nb="Ny", publish_at="2026-03-03T08:00")
    assert page.editions.get().live_from is None
    assert levels(saved) == ["success", "warning"]
    assert 'value="2026-03-03T08:00"' in saved.text
    assert "<details open" in saved.text.replace(' class="publish-later"', "")
    assert editor_client.get(form_of(page), {"publish_at": "9999-99-99"}).status_code == 200


NOT_MEANT = [
    ({}, "publish_at"),
    ({"publish_at": "2026-03-01T13:00"}, "publish_at"),
    ({"publish_at": "2031-03-01T13:00"}, "publish_at"),
    ({"publish_at": "i morgen"}, "publish_at"),
    ({"publish_at": "0001-01-01T00:00"}, "publish_at"),
    ({"publish_at": "2026-03-29T02:30"}, "publish_at"),
    ({"publish_at": "2026-10-25T02:30"}, "publish_at"),
    ({"publish_at": "2026-03-01T14:00", "take_down_at": "2026-03-01T13:30"}, "take_down_at"),
]


def test_a_time_that_cannot_be_meant_is_refused_beside_its_field_and_the_text_is_kept(editor_client):
    page = draft()
    for times, field in NOT_MEANT:
        assert list(errors_undrawn(editor_client, page, "_schedule", **times)) == [field], times
    response = save(editor_client, page, button="_schedule", title_nb="Beholdt", publish_at="i morgen")
    assert errors_of(response) == ["publish_at"]
    assert "Beholdt" in response.text
    assert not page.editions.exists()


def test_a_time_that_does_not_exist_and_one_that_comes_twice_get_each_their_words(editor_client):
    page = draft()
    said = [
        errors_undrawn(editor_client, page, "_schedule", publish_at=at)["publish_at"]
        for at in ("2026-03-29T02:30", "2026-10-25T02:30")
    ]
    assert len({str(errors) for errors in said}) == 2


def test_the_hours_around_the_change_of_the_clocks_are_what_they_say(editor_client):
    page = draft()
    later(editor_client, page, "2026-03-29T03:00")
    assert waiting_edition(page).live_from == datetime(2026, 3, 29, 1, tzinfo=UTC)
    later(editor_client, page, "2026-10-25T03:00")
    assert waiting_edition(page).live_from == datetime(2026, 10, 25, 2, tzinfo=UTC)


def test_a_new_address_of_a_live_page_is_refused_beside_the_field(editor_client):
    assert errors_of(later(editor_client, live(), slug_nb="ny")) == ["slug_nb"]


def test_what_no_language_completes_is_saved_and_not_planned(editor_client):
    page = draft(languages=())
    response = later(editor_client, page, title_nb="Uten adresse", **{"pages_textblock_set-0-DELETE": "on"})
    assert levels(response) == ["error"]
    assert waiting_edition(page) is None


def test_saving_a_draft_plans_nothing_whatever_the_time_fields_say(editor_client):
    page = draft()
    save(editor_client, page, publish_at="2026-03-01T14:00")
    assert waiting_edition(page) is None


def test_the_form_says_what_happens_and_leads_to_the_plan(editor_client):
    page = waiting_page()
    response = editor_client.get(form_of(page))
    assert plan_of(page) in response.text
    assert fields_of(editor_client, page)["publish_at"] == "2026-03-01T14:00"


# --- publishing while another waits ----------------------------------------------------------------
def test_publishing_while_another_waits_asks_first_and_saves_nothing(editor_client, client):
    page = waiting_page()
    editions = page.editions.count()
    assert errors_of(save(editor_client, page, button="_publish", title_nb="Rettet")) == ["waiting_choice"]
    assert page.editions.count() == editions
    assert "Rettet" not in client.get("/avrusning-nb/").text


@pytest.mark.parametrize(("choice", "waits"), [("keep", True), ("cancel", False), ("rebuild", False)])
def test_each_answer_does_what_it_says(editor_client, client, choice, waits):
    page = waiting_page()
    response = save(editor_client, page, button="_publish", lead_nb="Rettet ingress", waiting_choice=choice)
    assert levels(response)[0] == "success"
    assert "Rettet ingress" in client.get("/avrusning-nb/").text
    assert (waiting_edition(page) is not None) == waits
    page.refresh_from_db()
    assert (page.title_nb, page.lead_nb) == (
        "Planlagt" if choice == "rebuild" else "avrusning nb", "Rettet ingress",
    )  # fmt: skip


def test_what_could_not_be_merged_is_said_with_the_words_of_both(editor_client):
    page = waiting_page()
    answer = save(editor_client, page, button="_publish", title_nb="Rettet <b>", waiting_choice="rebuild")
    said = str(answer.messages[-1])
    assert "Rettet" in said
    assert "Planlagt" in said


def test_an_answer_that_is_not_offered_is_refused(editor_client):
    page = waiting_page()
    assert "waiting_choice" in errors_of(save(editor_client, page, button="_publish", waiting_choice="x"))


# --- the form holds what waits ---------------------------------------------------------------------
def embargoed_page():
    """Return a live page whose new title waits for 14.00; its form holds the waiting edition."""
    kept_rows.put("the same in its form", lambda: bring_up_to_date(waiting_edition(waiting_page()), by=None))
    return Page.objects.get(slug_nb="avrusning-nb")


def test_words_that_wait_are_published_at_once_only_when_the_editor_says_so(editor_client, client):
    page = embargoed_page()
    assert "Skjemaet inneholder utgaven som venter" in editor_client.get(form_of(page)).text
    save(editor_client, page, title_nb="Planlagt, rettet")  # a draft of the same words
    for choice in ("", "keep", "rebuild"):
        refused = save(editor_client, page, button="_publish", waiting_choice=choice)
        assert errors_of(refused) == ["waiting_choice"]
        assert 'value="keep"' not in refused.text
    assert "Planlagt" not in client.get("/avrusning-nb/").text
    save(editor_client, page, button="_publish", waiting_choice="cancel")
    assert "Planlagt, rettet" in client.get("/avrusning-nb/").text
    assert waiting_edition(page) is None


def test_the_form_holds_what_waits_until_it_is_discarded_also_after_a_publication(editor_client, client):
    page = embargoed_page()
    assert discard_of(page) in editor_client.get(form_of(page)).text
    editor_client.post(discard_of(page))
    assert discard_of(page) not in editor_client.get(form_of(page)).text
    save(editor_client, page, button="_publish", lead_nb="Rettet ingress", waiting_choice="keep")
    assert "Rettet ingress" in client.get("/avrusning-nb/").text
    editor_client.post(plan_of(page), {"_open": "1"})  # merged: neither what waits nor what visitors see
    assert errors_of(save(editor_client, page, button="_publish", waiting_choice="keep")) == ["waiting_choice"]


def test_a_move_in_the_tree_does_not_hide_that_the_form_holds_what_waits(editor_client):
    page = embargoed_page()
    set_menu(page, shown=True, by=None, now=NOON)
    assert holds_waiting(waiting_edition(page))


# --- the plan --------------------------------------------------------------------------------------
def test_the_list_of_what_comes_is_in_the_order_of_time(editor_client):
    page = waiting_page()
    ending = live("ettervern")
    editor_client.post(plan_of(ending), {"_end": "1", "end_at": "2026-03-01T13:30"})
    coming = editor_client.get(COMING).context["shown"]
    assert [(one.when, one.page_id) for one in coming] == [(NOON + HOUR / 2, ending.pk), (NOON + HOUR, page.pk)]
    assert plan_of(page) in editor_client.get(COMING).text


def test_a_planned_end_that_a_newer_edition_overtakes_is_not_said_to_come(editor_client):
    page = waiting_page()
    editor_client.post(plan_of(page), {"_end": "1", "end_at": "2026-03-02T13:30"})
    assert [one.when for one in editor_client.get(COMING).context["shown"]] == [NOON + HOUR]


def test_the_times_can_be_changed(editor_client):
    page = waiting_page()
    editor_client.post(plan_of(page), {"_move": "1", "publish_at": "2026-03-05T08:00"})
    assert waiting_edition(page).live_from == datetime(2026, 3, 5, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("button", "times", "field"),
    [
        ("_move", {"publish_at": "2026-03-01T12:00"}, "start"),
        ("_move", {"publish_at": ""}, "start"),
        ("_move", {"publish_at": "2026-03-02T12:00", "take_down_at": "2026-03-01T14:00"}, "start"),
        ("_end", {"end_at": "2026-03-01T12:00"}, "end"),
        ("_end", {"end_at": "2026-03-29T02:30"}, "end"),
    ],
)
def test_a_wrong_time_changes_no_plan(editor_client, button, times, field):
    page = waiting_page()
    response = editor_client.post(plan_of(page), {button: "1"} | times)
    assert len(response.context[field].errors) == 1
    assert response.text.count("data-unsaved") == 1
    assert waiting_edition(page).live_from == NOON + HOUR


def test_a_cancelled_edition_never_comes(editor_client, client, clock):
    page = waiting_page()
    editor_client.post(plan_of(page), {"_cancel": "1"})
    clock.move_to(NOON + HOUR)
    assert "Planlagt" not in client.get("/avrusning-nb/").text


def test_what_began_while_the_page_was_open_is_left_alone(editor_client):
    page = waiting_page()
    edition = waiting_edition(page)
    type(edition).objects.filter(pk=edition.pk).update(live_from=NOON)
    response = editor_client.post(plan_of(page), {"_cancel": "1"}, follow=True)
    assert response.status_code == 200
    edition.refresh_from_db()
    assert edition.live_from == NOON


def test_the_waiting_edition_is_opened_in_the_form_and_still_waits(editor_client):
    page = waiting_page()
    editor_client.post(plan_of(page), {"_open": "1"})
    page.refresh_from_db()
    assert page.title_nb == "Planlagt"
    assert waiting_edition(page) is not None


def test_the_front_page_is_not_given_an_end(editor_client):
    page = Page.objects.get(kind=Page.Kind.FRONT)
    response = editor_client.post(plan_of(page), {"_end": "1", "end_at": "2026-03-02T12:00"})
    assert response.status_code == 403


# --- discarding ------------------------------------------------------------------------------------
def test_a_discarded_draft_leaves_the_form_with_what_visitors_see(editor_client, client):
    page = live()
    before = client.get("/avrusning-nb/").content
    save(editor_client, page, title_nb="Angret")
    assert discard_of(page) in editor_client.get(form_of(page)).text
    assert editor_client.get(discard_of(page)).status_code == 200
    assert Page.objects.get(pk=page.pk).title_nb == "Angret"
    editor_client.post(discard_of(page))
    assert Page.objects.get(pk=page.pk).title_nb == "avrusning nb"
    assert discard_of(page) not in editor_client.get(form_of(page)).text
    assert client.get("/avrusning-nb/").content == before


def test_a_page_that_is_not_live_has_nothing_to_go_back_to(editor_client):
    page = draft(title_nb="Første utkast")
    save_draft(page, by=None)
    assert editor_client.post(discard_of(page)).status_code == 200
    assert Page.objects.get(pk=page.pk).title_nb == "Første utkast"


# --- rights ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [plan_of, discard_of])
def test_without_the_right_to_publish_nothing_of_it_opens(editor_client, editor, address):
    page = waiting_page()
    editor.groups.get().permissions.remove(Permission.objects.get(codename="publish_page"))
    assert editor_client.get(address(page)).status_code == 403
    assert editor_client.post(address(page), {"_cancel": "1"}).status_code == 403
    assert later(editor_client, page).status_code == 403
    assert b'name="_schedule"' not in editor_client.get(form_of(page)).content
    assert waiting_edition(page) is not None


@pytest.mark.parametrize("address", ["9999/plan/", "9999/discard/"])
def test_a_page_that_does_not_exist_is_a_404(editor_client, address):
    assert editor_client.get(f"/admin/pages/page/{address}").status_code == 404


def test_inquiry_staff_and_strangers_see_no_plans(inquiry_client, client):
    page = waiting_page()
    for address in (COMING, plan_of(page), discard_of(page)):
        assert inquiry_client.get(address).status_code == 403
        assert client.get(address).status_code == 302
