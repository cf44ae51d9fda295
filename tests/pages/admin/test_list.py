"""The list of pages: what it shows, and what an address may ask of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.admin.status.moments import format_moment
from pages.editions.publishing import save_draft, take_down
from pages.editions.scheduling import schedule
from pages.models import Page, TextBlock
from tests.cast import logged_in
from tests.factories import clinic, draft, live
from tests.queries import queries

pytestmark = pytest.mark.django_db
LIST = "/admin/pages/page/"


def rows(client, **query):
    return {str(page): page for page in client.get(LIST, query).context["cl"].result_list}


def status_in(client, title):
    changelist = client.get(LIST).context["cl"]
    (page,) = (page for page in changelist.result_list if str(page) == title)
    return changelist.model_admin.statuses[page.pk]


def state_in(client, title):
    return status_in(client, title).code


def test_a_page_that_was_never_published_is_a_draft(editor_client):
    save_draft(draft(), by=None)
    assert state_in(editor_client, "avrusning nb") == "draft"


def test_a_published_page_is_live(editor_client):
    live()
    assert state_in(editor_client, "avrusning nb") == "live"


def test_a_draft_saved_after_publishing_shows(editor_client):
    page = live()
    Page.objects.filter(pk=page.pk).update(lead_nb="Nytt")
    save_draft(Page.objects.get(pk=page.pk), by=None)
    assert state_in(editor_client, "avrusning nb") == "newer-draft"


def test_a_draft_that_says_what_visitors_see_is_no_newer_draft(editor_client):
    save_draft(live(), by=None)
    assert state_in(editor_client, "avrusning nb") == "live"


def test_a_page_that_was_taken_down_has_ended(editor_client):
    take_down(live())
    assert state_in(editor_client, "avrusning nb") == "ended"


def test_a_page_that_waits_for_its_first_publication_is_scheduled(editor_client):
    at = timezone.now() + timedelta(hours=1)
    schedule(save_draft(draft(), by=None), by=None, at=at)
    assert state_in(editor_client, "avrusning nb") == "scheduled"
    assert format_moment(at) in editor_client.get(LIST).text


def test_a_live_page_with_a_waiting_edition_says_both(editor_client):
    page = live()
    Page.objects.filter(pk=page.pk).update(lead_nb="Nytt")
    schedule(save_draft(Page.objects.get(pk=page.pk), by=None), by=None, at=timezone.now() + timedelta(hours=1))
    status = status_in(editor_client, "avrusning nb")
    assert (status.code, len(status.coming)) == ("live", 1)


def test_the_complete_languages_are_those_of_the_newest_edition(editor_client):
    page = live(languages=("nb", "nn"))
    assert rows(editor_client)["avrusning nb"].complete == ["nb", "nn"]
    Page.objects.filter(pk=page.pk).update(title_nn="")
    save_draft(Page.objects.get(pk=page.pk), by=None)
    assert rows(editor_client)["avrusning nb"].complete == ["nb"]


def test_a_page_without_a_bokmal_title_can_be_found_in_the_list(editor_client):
    page = draft(languages=("en",))
    assert reverse("admin:pages_page_change", args=[page.pk]) in editor_client.get(LIST).content.decode()


def test_the_list_is_sorted_by_title_in_norwegian_order(editor_client):
    for title in ("Åsen", "Ærlig", "zoo", "Østlandet"):
        draft(title, title_nb=title)
    assert list(rows(editor_client, o="0")) == ["zoo", "Ærlig", "Østlandet", "Åsen"]
    assert list(rows(editor_client, o="-0")) == ["Åsen", "Østlandet", "Ærlig", "zoo"]


@pytest.mark.plain
def test_the_title_says_which_part_of_a_long_list_it_is(editor_client):
    for number in range(51):
        Page.objects.create(title_nb=f"Side {number}")
    titles = [editor_client.get(LIST, {"p": part}).text.partition("</title>")[0] for part in (1, 2)]
    assert ["| Side 2 av 2 |" in title for title in titles] == [False, True]


def test_searching_finds_titles_in_every_language(editor_client):
    live()
    draft("annen")
    assert list(rows(editor_client, q="avrusning nn")) == ["avrusning nb"]


@pytest.mark.plain
def test_the_list_asks_as_many_questions_for_many_pages_as_for_two(editor):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert logged_in(User.objects.get(pk=editor.pk)).get(LIST).status_code == 200
        return len(asked)

    for number in range(2):
        live(f"side-{number}")
    questions()
    few = questions()
    for number in range(2, 8):
        page = live(f"side-{number}")
        schedule(save_draft(page, by=None), by=None, at=timezone.now() + timedelta(hours=1))
    assert questions() == few


@pytest.mark.plain
@pytest.mark.parametrize(
    "query",
    [
        "title__regex=(a%2B)%2B%24",
        "editions__head__regex=x",
        "parent__title=x",
        "title_nb=x",
        "pk=1",
        "kind__in=x",
    ],
)
def test_a_question_that_the_list_does_not_offer_is_a_clear_400(editor_client, query):
    response = editor_client.get(f"{LIST}?{query}")
    assert response.status_code == 400
    assert response.content


@pytest.mark.plain
@pytest.mark.parametrize(
    "query", ["kind__exact=article", "kind__exact=nothing", "q=%00", "o=99.-99", "p=99999", "p=x"]
)
def test_other_odd_questions_are_answered(editor_client, query):
    assert editor_client.get(f"{LIST}?{query}", follow=True).status_code == 200


@pytest.mark.plain
def test_no_role_can_erase_a_page(administrator_client):
    page = draft()
    administrator_client.post(reverse("admin:pages_page_delete", args=[page.pk]), {"post": "yes"})
    administrator_client.post(LIST, {"action": "delete_selected", "_selected_action": page.pk, "post": "yes"})
    assert Page.objects.filter(pk=page.pk).exists()


@pytest.mark.plain
@pytest.mark.parametrize("model", ["clinic", "helpline", "launchconfirmation"])
def test_the_other_lists_refuse_unlisted_questions_too(administrator_client, model):
    clinic()
    response = administrator_client.get(f"/admin/pages/{model}/?id__regex=x")
    assert response.status_code in (302, 400) or model == "launchconfirmation"


def test_a_page_is_found_by_its_address_and_by_the_words_of_every_language(editor_client):
    found = draft(body="<p>Du får <strong>telefonen</strong> din.</p>")
    TextBlock.objects.filter(parent=found).update(body_nn="<p>Ta med klokka.</p>")
    save_draft(found, by=None)
    for words in ("avrusning-nn", "TELEFON", "klokka", "telefon klokka"):
        assert list(rows(editor_client, q=words).values()) == [found], words
    assert rows(editor_client, q="telefon bil") == {}
    asked = []
    for number in range(6):
        save_draft(draft(f"inngang{number}"), by=None)
        asked.append(queries(editor_client, f"{LIST}?q=inngang"))
    assert len(rows(editor_client, q="inngang")) == 6
    assert asked[1] == asked[-1]
