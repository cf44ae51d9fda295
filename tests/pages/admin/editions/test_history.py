"""Earlier editions in the admin: the list, comparing two, restoring one."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.editions.publishing import publish, save_draft
from pages.models import Edition, Page, TextBlock
from tests.cast import logged_in
from tests.factories import clinic, draft, front, live
from tests.pages.admin.forms import form_of, read_form, save
from tests.pages.every_block import page_with_every_block

pytestmark = pytest.mark.django_db
VIEWS = ["history", "compare", "restore"]


@pytest.fixture(autouse=True)
def site(db):
    clinic()
    front()


def address(page, view="history", *numbers):
    return reverse(f"admin:pages_page_{view}", args=[page.pk, *numbers])


def reworded(page, text):
    """Save the page with another text, and return the edition."""
    TextBlock.objects.filter(parent=page).update(body_nb=text)
    return save_draft(Page.objects.get(pk=page.pk), by=None)


def states(response):
    return [entry.state for entry in response.context["entries"]]


def test_the_list_says_who_saved_and_why(editor_client, editor):
    page = draft()
    save(editor_client, page, edition_note="Rettet åpningstiden")
    (entry,) = editor_client.get(address(page)).context["entries"]
    assert (entry.who, entry.edition.note, entry.state) == ("astrid", "Rettet åpningstiden", "draft")
    assert "Rettet åpningstiden" in editor_client.get(address(page)).text


def test_a_note_that_is_too_long_is_refused_beside_the_field_and_nothing_is_saved(editor_client):
    page = draft()
    response = save(editor_client, page, edition_note="x" * 201)
    assert list(response.context["adminform"].form.errors) == ["edition_note"]
    assert not page.editions.exists()


def test_the_list_says_what_visitors_saw_from_when_until_when(editor_client):
    now = timezone.now()
    page = live(now=now - timedelta(days=3))
    second = reworded(page, "<p>To</p>")
    publish(second, by=None, now=now - timedelta(days=1))
    publish(reworded(page, "<p>Tre</p>"), by=None, now=now + timedelta(days=1))
    reworded(page, "<p>Fire</p>")
    response = editor_client.get(address(page))
    assert states(response) == ["draft", "waiting", "live", "was"]
    was = response.context["entries"][-1]
    assert was.live_until == second.live_from


def test_an_edition_that_was_taken_down_ended_then(editor_client):
    now = timezone.now()
    page = live(now=now - timedelta(days=3))
    Edition.objects.filter(page=page).update(live_until=now - timedelta(days=1))
    (entry,) = editor_client.get(address(page)).context["entries"]
    assert (entry.state, entry.live_until) == ("was", now - timedelta(days=1))


def test_fifty_editions_stand_on_each_page_of_the_list_at_a_steady_cost(
    editor_client, django_assert_max_num_queries
):
    page = draft()
    save_draft(page, by=None)
    with CaptureQueriesContext(connection) as one:
        editor_client.get(address(page))
    for _number in range(59):
        save_draft(page, by=None)
    with django_assert_max_num_queries(len(one)):
        response = editor_client.get(address(page))
    assert len(response.context["entries"]) == 50
    second = editor_client.get(f"{address(page)}?p=2")
    assert len(second.context["entries"]) == 10
    assert "| Side 2 av 2 |" in second.text.partition("</title>")[0]
    assert "Side" not in response.text.partition("</title>")[0].partition("<title>")[2]
    assert editor_client.get(f"{address(page)}?p=nonsense").status_code == 200


def test_comparing_costs_the_same_for_a_large_page(editor_client, django_assert_max_num_queries):
    page = page_with_every_block()
    old = page.editions.get()
    new = reworded(page, "<p>To</p>")
    compare = f"{address(page, 'compare')}?old={old.pk}&new={new.pk}"
    with django_assert_max_num_queries(12):
        assert editor_client.get(compare).status_code == 200
    with django_assert_max_num_queries(14):
        assert editor_client.get(compare + "&all=1").status_code == 200


def test_two_editions_are_compared_in_the_words_of_the_form_and_only_where_they_differ(editor_client):
    page = draft(body="<p>Du møter en lege.</p>")
    old = save_draft(page, by=None)
    new = reworded(page, "<p>Du møter en sykepleier.</p>")
    response = editor_client.get(f"{address(page, 'compare')}?old={new.pk}&new={old.pk}")
    (section,) = response.context["sections"]
    (row,) = section.rows
    assert row.difference.language == "nb"
    assert "lege.</del>" in response.text
    assert "sykepleier.</ins>" in response.text
    everything = editor_client.get(f"{address(page, 'compare')}?old={old.pk}&new={new.pk}&all=1")
    assert len(everything.context["sections"]) == 2


def test_without_an_older_one_an_edition_is_compared_with_the_one_before(editor_client):
    page = draft()
    first, second = save_draft(page, by=None), reworded(page, "<p>To</p>")
    context = editor_client.get(f"{address(page, 'compare')}?new={second.pk}").context
    assert (context["old"], context["new"]) == (first, second)


@pytest.mark.parametrize("query", ["", "?old=1", "?new=x", "?old={one}&new={one}", "?new={one}"])
def test_fewer_than_two_editions_lead_back_to_the_list(editor_client, query):
    page = draft()
    one = save_draft(page, by=None)
    response = editor_client.get(address(page, "compare") + query.format(one=one.pk))
    assert response.headers["Location"] == address(page)


def test_the_first_edition_offers_no_comparison_with_the_one_before(editor_client):
    page = draft()
    first, second = save_draft(page, by=None), reworded(page, "<p>To</p>")
    offered = editor_client.get(address(page)).text
    assert f"?new={second.pk}" in offered
    assert f"?new={first.pk}" not in offered


def test_the_edition_of_another_page_is_a_404(editor_client):
    page, other = draft(), draft("annen")
    ours, theirs = save_draft(page, by=None), save_draft(other, by=None)
    assert editor_client.get(f"{address(page, 'compare')}?old={ours.pk}&new={theirs.pk}").status_code == 404
    assert editor_client.get(address(page, "restore", theirs.pk)).status_code == 404


def test_restoring_makes_a_draft_that_says_the_same_and_visitors_see_no_difference(editor_client, client, editor):
    page = live(body="<p>Første ord</p>")
    old = page.editions.get()
    publish(reworded(page, "<p>Andre ord</p>"), by=None)
    before = client.get("/avrusning-nb/").content
    restore = address(page, "restore", old.pk)
    assert editor_client.get(restore).context["sections"]
    data = read_form(editor_client, restore, form_id=None)
    response = editor_client.post(restore, data, follow=True)
    newest = page.editions.first()
    assert (newest.head, newest.body, newest.saved_by) == (old.head, old.body, editor)
    assert newest.live_from is None
    assert newest.note
    assert client.get("/avrusning-nb/").content == before
    assert "Første ord" in response.text


def test_looking_at_the_question_restores_nothing(editor_client):
    page = draft()
    edition = save_draft(page, by=None)
    editor_client.get(address(page, "restore", edition.pk))
    assert page.editions.count() == 1


def test_a_save_by_a_colleague_in_between_is_shown_before_anything_is_restored(editor_client):
    page = draft()
    edition = save_draft(page, by=None)
    restore = address(page, "restore", edition.pk)
    data = read_form(editor_client, restore, form_id=None)
    reworded(page, "<p>Kollegaens</p>")
    response = editor_client.post(restore, data)
    assert response.status_code == 409
    assert "Kollegaens" in response.text
    assert page.editions.count() == 2


@pytest.mark.parametrize("view", VIEWS)
def test_inquiry_staff_and_people_without_a_role_are_refused(inquiry_client, roleless, view):
    page = draft()
    edition = save_draft(page, by=None)
    at = address(page, view, *([edition.pk] if view == "restore" else []))
    for client in (inquiry_client, logged_in(roleless)):
        assert client.get(at).status_code == 403
        assert client.post(at).status_code == 403


def test_a_viewer_compares_but_does_not_restore(editor_client, editor):
    page = draft()
    edition = save_draft(page, by=None)
    editor.groups.get().permissions.remove(Permission.objects.get(codename="change_page"))
    assert editor_client.get(address(page)).status_code == 200
    assert address(page, "restore", edition.pk) not in editor_client.get(address(page)).text
    assert editor_client.post(address(page, "restore", edition.pk)).status_code == 403


def test_the_form_leads_to_the_list(editor_client):
    page = draft()
    assert address(page) in editor_client.get(form_of(page)).text


def test_a_page_that_is_not_there_has_no_editions(editor_client):
    assert editor_client.get("/admin/pages/page/9999/history/").status_code == 404
