"""“Rekkefølge og meny”: one level at a time, moved by buttons, by editors who may publish."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.editions.deletion import delete
from pages.editions.publishing import save_draft
from pages.editions.scheduling import schedule
from pages.live.tree import LiveTree
from pages.models import Page
from pages.tree.siblings import level
from tests import factories
from tests.cast import logged_in
from tests.factories import clinic, draft, front, live
from tests.pages.admin.forms import form_of
from tests.pages.admin.forms import press as press_form
from tests.pages.admin.undrawn_form import fields_of

pytestmark = pytest.mark.django_db
TREE = "/admin/pages/page/tree/"


@pytest.fixture(autouse=True)
def website(db):
    clinic()
    return front(position=0)


@pytest.fixture
def section():
    return factories.section(position=20)


def called(slug):
    return Page.objects.get(slug_nb=f"{slug}-nb")


def order(parent=None):
    return [str(page).removesuffix(" nb") for page in level(parent.pk if parent else None)]


def rows(client, **query):
    return [str(row.page).removesuffix(" nb") for row in client.get(TREE, query).context["rows"]]


def press(client, button, slug, **more):
    return client.post(TREE, {button: called(slug).pk} | more, follow=True)


def said(response):
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def move_of(slug):
    return reverse("admin:pages_page_move", args=[called(slug).pk])


def menu():
    return [link.title for link in LiveTree.read(at=timezone.now()).menu("nb")]


# --- what is shown ---------------------------------------------------------------------------------
def test_one_level_is_shown_with_the_way_up_and_what_lies_under(editor_client, section):
    live("dypt", parent=called("to"))
    assert rows(editor_client) == ["forside", "artikler"]
    text = editor_client.get(TREE).text
    assert "3 sider under" in text
    assert f"?under={section.pk}" in text
    page = editor_client.get(TREE, {"under": called("to").pk})
    assert [str(row.page) for row in page.context["rows"]] == ["dypt nb"]
    assert [str(step) for step in page.context["path"]] == ["artikler nb"]


def test_drafts_are_shown_with_their_state_and_deleted_pages_are_not(editor_client, section):
    save_draft(draft("utkast", parent=section), by=None)
    delete(called("en"), by=None)
    assert rows(editor_client, under=section.pk) == ["to", "tre", "utkast"]
    assert "Utkast, ikke på nettstedet" in editor_client.get(TREE, {"under": section.pk}).text


def test_a_place_that_stands_in_a_draft_only_is_named(editor_client, section):
    Page.objects.filter(slug_nb="to-nb").update(parent=None)
    save_draft(called("to"), by=None)
    assert "Besøkende finner den fortsatt der den var" in editor_client.get(TREE).text


def test_a_page_is_found_by_its_title_and_leads_to_its_level(editor_client, section):
    text = editor_client.get(TREE, {"q": "TRE"}).text
    assert f"?show={called('tre').pk}#page-{called('tre').pk}" in text
    assert rows(editor_client, show=called("tre").pk) == ["en", "to", "tre"]
    assert "Ingen side har det i tittelen" in editor_client.get(TREE, {"q": "finnes ikke"}).text


def test_capital_letters_do_not_matter(editor_client):
    live("ovelser", title_nb="Øvelser for pårørende")
    for words in ("øvelser", "PÅRØRENDE øv"):
        found = editor_client.get(TREE, {"q": words}).context["found"]
        assert "Øvelser for pårørende" in [str(one.page) for one in found]


def test_a_long_level_is_shown_in_parts_and_a_page_of_it_is_found(editor_client, section, monkeypatch):
    monkeypatch.setattr("pages.admin.tree.views.ON_A_PAGE", 2)
    assert rows(editor_client, under=section.pk) == ["en", "to"]
    assert rows(editor_client, under=section.pk, p=2) == ["tre"]
    assert rows(editor_client, show=called("tre").pk) == ["tre"]
    last = editor_client.get(TREE, {"under": section.pk, "p": 2}).context["rows"][0]
    assert (last.first, last.last) == (False, True)


@pytest.mark.parametrize("query", ["show=0", "under=999", "show=x", "under=99999999999999999999"])
def test_a_page_that_is_not_there_is_not_found(editor_client, query):
    assert editor_client.get(f"{TREE}?{query}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_pages(editor_client, section):
    def queries(**query):
        with CaptureQueriesContext(connection) as captured:
            editor_client.get(TREE, query)
        return len(captured)

    press(editor_client, "in", "en")
    of_level, of_search = queries(under=section.pk), queries(q="nb")
    for number in range(5):
        page = live(f"side{number}", parent=section, in_menu=True)
        schedule(save_draft(page, by=None), by=None, at=timezone.now() + timedelta(hours=1))
    assert queries(under=section.pk) == of_level
    assert queries(q="nb") == of_search


# --- buttons ---------------------------------------------------------------------------------------
def test_up_and_down_change_the_order_and_say_it_in_words(editor_client, section):
    response = press(editor_client, "up", "tre")
    assert order(section) == ["en", "tre", "to"]
    assert said(response) == [("success", "«tre nb» står nå etter «en nb». Besøkende ser det innen ett minutt.")]
    assert response.redirect_chain[-1][0] == f"{TREE}?show={called('tre').pk}#page-{called('tre').pk}"
    press(editor_client, "up", "tre")
    assert order(section) == ["tre", "en", "to"]
    press(editor_client, "down", "tre")
    press(editor_client, "down", "tre")
    assert order(section) == ["en", "to", "tre"]
    press(editor_client, "down", "tre")
    assert order(section) == ["en", "to", "tre"]
    assert "står nå først" in said(press(editor_client, "up", "to"))[0][1]


def test_dropping_a_row_sends_what_the_buttons_send(editor_client, section):
    press(editor_client, "page", "tre", before=called("en").pk)
    assert order(section) == ["tre", "en", "to"]
    press(editor_client, "page", "tre", after=called("en").pk)
    assert order(section) == ["en", "tre", "to"]
    response = press(editor_client, "page", "tre", under=called("to").pk)
    assert order(called("to")) == ["tre"]
    assert "«tre nb» ligger nå under «to nb»." in said(response)[0][1]


@pytest.mark.parametrize("sent", [{}, {"page": "x"}, {"page": "1"}, {"up": "999"}, {"page": "999", "under": "1"}])
def test_a_broken_request_moves_nothing(editor_client, section, sent):
    if sent.get("page") == "1":
        sent = {"page": section.pk}
    assert editor_client.post(TREE, sent).status_code == 404
    assert order(section) == ["en", "to", "tre"]


def test_a_page_goes_into_the_menu_and_out(editor_client, section):
    assert "«to nb» står i menyen." in said(press(editor_client, "in", "to"))[0][1]
    assert menu() == ["to nb"]
    assert [link.title for link in editor_client.get(TREE).context["menus"][0].links] == ["to nb"]
    press(editor_client, "out", "to")
    assert menu() == []


def test_more_than_five_in_the_menu_is_said_in_words(editor_client, section):
    for number in range(5):
        live(f"side{number}", in_menu=True)
    assert "Det er plass til fem" not in editor_client.get(TREE).text
    press(editor_client, "in", "to")
    text = editor_client.get(TREE).text
    assert "6 sider står i menyen. Det er plass til fem" in text


def test_the_menu_is_shown_as_each_language_reads_it(editor_client):
    live("norsk", languages=("nb", "nn"), in_menu=True)
    menus = editor_client.get(TREE).context["menus"]
    assert [(menu.language, len(menu.links)) for menu in menus] == [("nb", 1), ("nn", 1), ("en", 0)]


# --- to another level -----------------------------------------------------------------------------
def test_a_page_is_moved_under_another_one(editor_client, section, client):
    live("annet", kind="overview")
    text = editor_client.get(move_of("to")).text
    assert "artikler nb" in text
    response = editor_client.post(move_of("to"), {"to": called("annet").pk}, follow=True)
    assert said(response)[0][1].startswith("«to nb» ligger nå under «annet nb».")
    assert "to nb" in client.get("/annet-nb/").text
    assert "to nb" not in client.get("/artikler-nb/").text
    editor_client.post(move_of("to"), {"to": "top"})
    assert called("to").parent is None


def test_a_page_that_no_overview_leads_to_any_more_is_named(editor_client, section):
    save_draft(draft("utkast", kind="overview"), by=None)
    response = editor_client.post(move_of("to"), {"to": called("utkast").pk}, follow=True)
    assert [level for level, _text in said(response)] == ["success", "warning"]
    assert "ingen oversikt fører til «to nb»" in said(response)[1][1]


def test_only_pages_it_can_lie_under_are_offered(editor_client, section):
    live("kontakt", kind="contact")
    inner = live("inni", parent=called("to"))
    live("innerst", parent=inner)

    def offered(slug, words):
        return {str(one.page) for one in editor_client.get(move_of(slug), {"q": words}).context["found"]}

    assert offered("inni", "nb") == {"artikler nb", "en nb", "to nb", "tre nb", "innerst nb"} - {"innerst nb"}
    assert offered("to", "in") == set()
    assert {str(one.page) for one in editor_client.get(move_of("en")).context["found"]} == {
        "artikler nb", "to nb", "inni nb",
    }  # fmt: skip


def test_a_loop_is_refused_in_words(editor_client, section):
    response = editor_client.post(move_of("artikler"), {"to": called("to").pk}, follow=True)
    assert said(response) == [("error", "En side kan ikke ligge under seg selv.")]
    assert section.parent is None


def test_no_choice_is_asked_for_again(editor_client, section):
    assert said(editor_client.post(move_of("to"), {}))[0][0] == "error"


def test_a_page_with_a_fixed_place_has_no_other(editor_client, website):
    assert editor_client.get(reverse("admin:pages_page_move", args=[website.pk])).status_code == 403


def test_a_form_that_was_open_during_the_move_is_refused_and_loses_nothing(editor_client, section):
    page = called("to")
    sent = fields_of(editor_client, page)
    press(editor_client, "up", "to")
    assert press_form(editor_client, form_of(page), sent | {"_continue": "1"}).status_code == 409
    assert order(section) == ["to", "en", "tre"]


# --- who -------------------------------------------------------------------------------------------
@pytest.fixture
def writer_client(roleless):
    """An editor who may write pages, and not publish them."""
    roleless.user_permissions.set(Permission.objects.filter(codename__in=["view_page", "change_page"]))
    return logged_in(roleless)


def test_whoever_may_not_publish_moves_drafts_only(writer_client, section):
    save_draft(draft("utkast", parent=section, position=40), by=None)
    waiting = draft("venter", parent=section, position=50)
    schedule(save_draft(waiting, by=None), by=None, at=timezone.now() + timedelta(hours=1))
    buttons = writer_client.get(TREE, {"under": section.pk}).text
    assert f'name="up" value="{called("utkast").pk}"' in buttons
    for slug in ("to", "venter"):
        assert f'name="up" value="{called(slug).pk}"' not in buttons
        for sent in (
            {"up": called(slug).pk},
            {"in": called(slug).pk},
            {"page": called(slug).pk, "under": section.pk},
        ):
            assert writer_client.post(TREE, sent).status_code == 403
        assert writer_client.get(move_of(slug)).status_code == 403
        assert writer_client.post(move_of(slug), {"to": "top"}).status_code == 403
    response = press(writer_client, "up", "utkast")
    assert order(section) == ["en", "to", "utkast", "tre", "venter"]
    assert "besøkende merker ingenting" in said(response)[0][1]


def test_whoever_may_only_read_sees_the_tree_without_buttons(roleless, section):
    roleless.user_permissions.set(Permission.objects.filter(codename="view_page"))
    client = logged_in(roleless)
    page = client.get(TREE, {"under": section.pk})
    assert [row.may_move for row in page.context["rows"]] == [False] * 3
    assert client.post(TREE, {"up": called("to").pk}).status_code == 403


def test_others_are_refused(inquiry_client, roleless, client, section):
    for person in (inquiry_client, logged_in(roleless)):
        assert person.get(TREE).status_code == 403
        assert person.post(TREE, {"up": called("to").pk}).status_code == 403
        assert person.get(move_of("to")).status_code == 403
    assert client.get(TREE).status_code == 302


def test_the_list_of_pages_leads_here(editor_client):
    assert f'href="{TREE}"' in editor_client.get("/admin/pages/page/").text
