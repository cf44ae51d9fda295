"""The clinical review in the form: who may write it down, and what is said while it is missing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pages.models import Page
from tests.factories import clinic, front, live
from tests.pages.admin.forms import form_of, opened, save

pytestmark = pytest.mark.django_db
REVIEW = {"reviewed_by": "Kari Nordmann, overlege", "reviewed_on": "2026-05-03", "next_review_on": "2027-05-03"}
MISSING, LIST = "Ikke faglig gjennomgått ennå", "/admin/pages/page/"


@pytest.fixture
def page(db):
    clinic()
    front()
    return live(clinical=True)


def test_a_reviewer_writes_down_who_and_when_and_visitors_see_it(reviewer_client, client, page):
    save(reviewer_client, page, button="_publish", **REVIEW)
    assert Page.objects.get(pk=page.pk).reviewed_on == date(2026, 5, 3)
    assert "Kari Nordmann, overlege" in client.get("/avrusning-nb/").text


def test_the_review_stands_open_for_the_reviewer_while_it_is_missing(reviewer_client, editor_client, page):
    def is_folded(client):
        fieldsets = opened(client, page).context["adminform"]
        return next(one for one in fieldsets if one.name == "Faglig gjennomgang").is_collapsible

    assert is_folded(editor_client)
    assert not is_folded(reviewer_client)
    Page.objects.filter(pk=page.pk).update(**REVIEW)
    assert is_folded(reviewer_client)


def test_after_a_review_the_reviewer_is_led_to_the_next_page_until_none_is_left(reviewer_client, page):
    other = live("tilbakefall", clinical=True)
    answer = save(reviewer_client, page, button="_publish", **REVIEW)
    (words,) = (str(message) for message in answer.messages if "gjenstår" in str(message))
    assert words == f'1 side med helseråd gjenstår å gå gjennom. Den neste: <a href="{form_of(other)}">{other}</a>'
    again = save(reviewer_client, page, button="_publish", lead_nb="Nye ord i ingressen.")
    assert "gjenstår" not in str([str(message) for message in again.messages]), "no review was written down"
    last = save(reviewer_client, other, button="_publish", **REVIEW)
    assert "gjenstår" not in str([str(message) for message in last.messages])


def test_a_tick_writes_down_the_reviewer_s_name_today_and_the_time_until_the_next_review(
    reviewer_client, reviewer, editor_client, page
):
    reviewer.first_name, reviewer.last_name = "Kari", "Nordmann"
    reviewer.save()
    other, third = live("tilbakefall", clinical=True), live("ordliste", clinical=True)
    today = timezone.localdate()
    save(editor_client, page, reviewed_now="on")
    assert "reviewed_now" not in editor_client.get(form_of(page)).text
    assert Page.objects.get(pk=page.pk).reviewed_on is None, "not of an editor"
    save(reviewer_client, page, lead_nb="Nye ord.")
    assert Page.objects.get(pk=page.pk).reviewed_on is None, "not without the tick"
    answer = save(reviewer_client, page, reviewed_now="on")
    assert any("gjenstår" in str(message) for message in answer.messages)
    reviewed = Page.objects.get(pk=page.pk)
    assert (reviewed.reviewed_by, reviewed.reviewed_on) == ("Kari Nordmann", today)
    assert reviewed.next_review_on == today + timedelta(days=365)
    save(reviewer_client, other, reviewed_now="on", reviewed_by="Kari Nordmann, overlege",
         next_review_on=f"{today + timedelta(days=90)}")  # fmt: skip
    assert "Kari Nordmann, overlege" in reviewer_client.get(form_of(third)).text
    save(reviewer_client, third, reviewed_now="on")
    reviewed = Page.objects.get(pk=third.pk)
    assert (reviewed.reviewed_by, reviewed.reviewed_on) == ("Kari Nordmann, overlege", today)
    assert reviewed.next_review_on == today + timedelta(days=90), "as long as last time"


def test_the_list_is_narrowed_to_the_pages_whose_review_is_missing_or_due(editor_client, page):
    due, done = live("tilbakefall", clinical=True), live("ordliste", clinical=True)
    Page.objects.filter(pk__in=(due.pk, done.pk)).update(**REVIEW)
    Page.objects.filter(pk=due.pk).update(reviewed_on="2020-05-03", next_review_on="2021-05-03")
    for state, expected in (("missing", [page]), ("due", [due])):
        assert list(editor_client.get(LIST, {"review": state}).context["cl"].result_list) == expected
    assert done in editor_client.get(LIST).context["cl"].result_list


def test_an_editor_sees_the_review_and_cannot_write_it(editor_client, page):
    Page.objects.filter(pk=page.pk).update(**REVIEW)
    assert "Kari Nordmann, overlege" in editor_client.get(form_of(page)).text
    save(editor_client, page, reviewed_by="Meg selv", reviewed_on="2026-06-01", clinical="")
    page = Page.objects.get(pk=page.pk)
    assert (page.reviewed_by, page.clinical) == ("Kari Nordmann, overlege", True)


def test_form_and_list_say_that_the_review_is_missing(editor_client, page):
    assert MISSING in editor_client.get(form_of(page)).text
    assert MISSING in editor_client.get(LIST).text
    Page.objects.filter(pk=page.pk).update(**REVIEW)
    assert MISSING not in editor_client.get(form_of(page)).text
    assert MISSING not in editor_client.get(LIST).text


def test_in_the_demo_publishing_says_what_will_stop_it_later(editor_client, page):
    answer = save(editor_client, page, button="_publish")
    assert any("faglig" in str(message) for message in answer.messages)


def test_outside_the_demo_the_words_are_kept_as_a_draft_and_the_reason_is_said(
    settings, editor_client, client, page
):
    settings.CLINICAL_GATE = True
    answer = save(editor_client, page, button="_publish", lead_nb="Nye ord i ingressen.")
    assert any("faglig" in str(message) for message in answer.messages)
    assert page.editions.first().head["lead"]["nb"] == "Nye ord i ingressen."
    assert "Nye ord i ingressen." not in client.get("/avrusning-nb/").text
