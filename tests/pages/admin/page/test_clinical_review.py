"""The clinical review in the form: who may write it down, and what is said while it is missing."""

from datetime import date

import pytest

from pages.models import Page
from tests.factories import clinic, front, live
from tests.pages.admin.forms import form_of, save

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
