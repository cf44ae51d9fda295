"""A page is chosen by its title, in forms that never list all pages."""

import pytest
from django.urls import reverse

from pages.editions import deletion
from pages.models import DoorBlock, Notice, Page
from tests import factories
from tests.factories import draft
from tests.pages.admin.forms import form_of, new_block, new_page, read_form, save
from tests.pages.admin.undrawn_form import fields_of

pytestmark = pytest.mark.django_db
FIND = "/admin/pages/page/find/"


@pytest.fixture
def tree():
    above = draft("behandling", kind="overview")
    return above, draft("avrusning", parent=above)


def found(client, **query):
    return {page["link"]: page["label"] for page in client.get(FIND, query).json()["pages"]}


def errors(response):
    return response.context["adminform"].form.errors


# --- what stands in the form -------------------------------------------------------------------------
def test_the_parent_is_shown_with_its_path_and_saving_the_form_unchanged_keeps_it(editor_client, tree):
    page = tree[1]
    inner = draft("inni", parent=page)
    said = fields_of(editor_client, inner)["parent"]
    assert said == f"behandling nb › avrusning nb ({page.pk})"
    save(editor_client, inner)
    inner.refresh_from_db()
    assert inner.parent == page


def test_a_parent_is_chosen_by_its_title_alone(editor_client, tree):
    new_page(editor_client, title_nb="Ny", parent="AVRUSNING nb")
    assert Page.objects.get(title_nb="Ny").parent == tree[1]


def test_a_parent_that_was_renamed_meanwhile_is_still_the_same_page(editor_client, tree):
    page = draft("inni", parent=tree[1])
    sent = fields_of(editor_client, page)
    Page.objects.filter(pk=tree[1].pk).update(title_nb="Nytt navn")
    editor_client.post(form_of(page), sent | {"_continue": "1"})
    page.refresh_from_db()
    assert page.parent == tree[1]


def test_of_two_pages_with_one_title_the_form_asks_which_and_offers_both_in_the_field(editor_client):
    one, two = draft("tvilling", title_nb="Tvilling"), draft("annen", title_nb="Tvilling")
    response = new_page(editor_client, title_nb="Ny", parent="tvilling")
    assert f"Tvilling ({one.pk}); Tvilling ({two.pk})" in str(errors(response)["parent"])
    assert f'<option value="Tvilling ({two.pk})"></option>' in response.text
    assert 'value="tvilling"' in response.text
    new_page(editor_client, title_nb="Ny", parent=f"Tvilling ({two.pk})")
    assert Page.objects.get(title_nb="Ny").parent == two


@pytest.mark.parametrize("text", ["finnes ikke", "999999", "Forside (1) bis"])
def test_a_title_that_no_page_has_is_refused(editor_client, tree, text):
    assert list(errors(new_page(editor_client, title_nb="Ny", parent=text))) == ["parent"]


def test_a_page_can_lie_under_neither_itself_nor_what_lies_under_it_nor_a_deleted_page(editor_client, tree):
    above, page = tree
    gone = draft("borte")
    deletion.delete(gone, by=None)
    for parent in (above, page, gone):
        response = save(editor_client, above, parent=f"x ({parent.pk})")
        assert list(errors(response)) == ["parent"]
    assert "under seg selv" in str(errors(save(editor_client, above, parent=str(page.pk)))["parent"])


def test_an_empty_field_places_the_page_at_the_top(editor_client, tree):
    save(editor_client, tree[1], parent="")
    assert Page.objects.get(pk=tree[1].pk).parent is None


# --- doors and messages ------------------------------------------------------------------------------
def test_a_door_leads_to_a_page_or_a_form_by_its_title(editor_client, tree):
    page = draft("forsiden")
    for words, link in ((f"behandling nb › avrusning nb ({tree[1].pk})", f"page:{tree[1].pk}"),
                        ("Skjemaet for pårørende", "contact:relative")):  # fmt: skip
        save(editor_client, page, **new_block("door", link=words, audience="patient"))
        assert DoorBlock.objects.latest("pk").link == link
        DoorBlock.objects.all().delete()


def test_a_door_that_is_saved_unchanged_leads_where_it_led(editor_client, tree):
    page = draft("forsiden")
    for link in (f"page:{tree[1].pk}", "contact:start", "page:99999"):
        DoorBlock.objects.create(parent=page, region="main", ordering=20, audience="patient", link=link)
    save(editor_client, page)
    assert [door.link for door in DoorBlock.objects.order_by("pk")] == [
        f"page:{tree[1].pk}", "contact:start", "page:99999",
    ]  # fmt: skip


def test_a_message_leads_to_a_page_by_its_title(editor_client, tree):
    times = {"starts_at": "2027-04-30T08:00", "ends_at": "2027-05-02T08:00"}
    editor_client.post("/admin/pages/notice/add/", {"text_nb": "Stengt", "more": "avrusning nb"} | times)
    made = Notice.objects.get()
    assert made.more == tree[1]
    form = read_form(editor_client, reverse("admin:pages_notice_change", args=[made.pk]), "notice_form")
    assert form["more"] == f"behandling nb › avrusning nb ({tree[1].pk})"


# --- suggestions -------------------------------------------------------------------------------------
def test_suggestions_are_few_and_say_title_path_and_number(editor_client, tree):
    for number in range(12):
        draft(f"side-{number}")
    assert found(editor_client, q="Avrusning") == {
        f"page:{tree[1].pk}": f"behandling nb › avrusning nb ({tree[1].pk})"
    }
    assert len(found(editor_client, q="side")) == 10
    assert list(found(editor_client)) == [f"page:{tree[0].pk}"]


def test_for_a_parent_neither_the_page_nor_what_lies_under_it_nor_the_front_page_is_suggested(editor_client, tree):
    factories.front(title_nb="forside nb")
    assert list(found(editor_client, q="nb", **{"for": "parent", "not": tree[0].pk})) == []
    assert len(found(editor_client, q="nb", **{"for": "parent", "not": tree[1].pk})) == 1


def test_for_a_link_the_forms_are_suggested_too_and_a_stored_link_is_named(editor_client, tree):
    assert "contact:relative" in found(editor_client, q="PÅRØR", **{"for": "link"})
    assert found(editor_client, link="contact:start") == {"contact:start": "Kontakt: Hvem er du?"}
    assert list(found(editor_client, link=f"page:{tree[1].pk}")) == [f"page:{tree[1].pk}"]
    assert found(editor_client, link="page:99999") == {}
    assert found(editor_client, link="https://evil.example") == {}


def test_only_who_may_see_pages_is_answered(inquiry_client, client):
    assert inquiry_client.get(FIND).status_code == 403
    assert client.get(FIND).status_code == 302
