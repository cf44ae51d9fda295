"""The table of translations: what stands in it, in which order, for whom."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.diff.translation_pairs import TranslationIntent
from pages.editions.publishing import save_draft
from pages.models import Page
from tests.cast import logged_in
from tests.factories import draft

pytestmark = pytest.mark.django_db
TABLE = "/admin/pages/page/translations/"


def saved(slug, *, changed=False, **fields):
    """Make a page that is current; or one whose source was changed since."""
    page = draft(slug, **fields)
    save_draft(page, by=None, intent=TranslationIntent.ALL_CURRENT)
    if changed:
        Page.objects.filter(pk=page.pk).update(lead_nb="Nytt")
        save_draft(Page.objects.get(pk=page.pk), by=None)
    return page


def rows(client, **query):
    return [
        (page.title_nb, [one.state for one in states])
        for page, states in client.get(TABLE, query).context["pages"]
    ]


def test_every_page_stands_there_with_every_language_and_work_comes_first(editor_client):
    saved("a")
    saved("b", languages=("nb", "nn"))
    saved("c", changed=True)
    assert rows(editor_client) == [
        ("c nb", ["current", "outdated", "outdated"]),
        ("b nb", ["current", "current", "missing"]),
        ("a nb", ["current", "current", "current"]),
    ]


def test_the_links_show_only_what_needs_work(editor_client):
    saved("a")
    saved("b", languages=("nb", "nn"))
    saved("c", changed=True)
    assert [title for title, _states in rows(editor_client, show="work")] == ["c nb", "b nb"]
    assert [title for title, _states in rows(editor_client, show="nn")] == ["c nb"]
    assert [title for title, _states in rows(editor_client, show="en")] == ["b nb", "c nb"]


def test_each_state_is_said_in_words_and_leads_to_the_work(editor_client):
    page = saved("a", changed=True)
    text = editor_client.get(TABLE).text
    assert "Må ses over" in text
    assert f'href="/admin/pages/page/{page.pk}/translate/nn/"' in text
    assert f'href="/admin/pages/page/{page.pk}/change/"' in text


def test_the_table_asks_as_many_questions_for_many_pages_as_for_few(editor_client):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert editor_client.get(TABLE).status_code == 200
        return len(asked)

    for number in range(2):
        saved(f"side-{number}", changed=True)
    questions()
    few = questions()
    for number in range(2, 8):
        saved(f"side-{number}")
    assert questions() == few


def test_many_pages_are_shown_a_part_at_a_time(editor_client, monkeypatch):
    monkeypatch.setattr("pages.admin.translations.overview.PER_PAGE", 3)
    for number in range(5):
        saved(f"side-{number}", changed=True)
    assert len(rows(editor_client)) == 3
    assert len(rows(editor_client, page="2")) == 2
    assert "show=work" in editor_client.get(TABLE, {"show": "work"}).text.split('rel="next"')[1].split(">")[0]


@pytest.mark.parametrize("query", ["show=x", "page=x", "page=99999", "show=%00", "show=nb"])
def test_odd_questions_are_answered(editor_client, query):
    saved("a")
    assert editor_client.get(f"{TABLE}?{query}").status_code == 200


def test_whoever_may_only_look_sees_the_table_without_the_way_to_the_work(roleless):
    page = saved("a")
    roleless.user_permissions.add(Permission.objects.get(codename="view_page"))
    answer = logged_in(roleless).get(TABLE)
    assert answer.status_code == 200
    assert "/translate/" not in answer.text
    assert logged_in(roleless).get(f"/admin/pages/page/{page.pk}/translate/nn/").status_code == 403


def test_the_table_is_closed_to_those_who_may_not_see_pages(inquiry_client, roleless, client):
    assert inquiry_client.get(TABLE).status_code == 403
    assert logged_in(roleless).get(TABLE).status_code == 403
    assert client.get(TABLE).status_code == 302


def test_the_list_and_the_first_page_lead_to_the_table(editor_client):
    assert TABLE in editor_client.get("/admin/pages/page/").text
    assert TABLE in [task.url for task in editor_client.get("/admin/").context["daily"]]
