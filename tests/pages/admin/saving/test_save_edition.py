"""Saving a page: what becomes of the draft, and what visitors see."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.urls import reverse

from pages.models import Address, Page, TextBlock
from tests.factories import clinic, draft, front, live
from tests.pages.admin.forms import form_of, new_page, new_text, save
from tests.pages.admin.undrawn_form import fields_of

pytestmark = pytest.mark.django_db


def messages_of(response):
    return [str(message) for message in response.messages]


@pytest.fixture(autouse=True)
def site(db):
    clinic()
    front()


def test_saving_a_draft_changes_no_public_byte(editor_client, client):
    page = live()
    before = client.get("/avrusning-nb/").content
    save(editor_client, page, title_nb="Ny tittel", **{"pages_textblock_set-0-body_nb": "<p>Nye ord</p>"})
    assert client.get("/avrusning-nb/").content == before
    assert page.editions.first().head["title"]["nb"] == "Ny tittel"


def test_publishing_shows_the_new_words(editor_client, client):
    page = live()
    save(editor_client, page, button="_publish", **{"pages_textblock_set-0-body_nb": "<p>Nye ord</p>"})
    assert "Nye ord" in client.get("/avrusning-nb/").content.decode()


def test_each_save_makes_one_edition_by_the_person(editor_client, editor):
    page = draft()
    save(editor_client, page)
    assert [edition.saved_by for edition in page.editions.all()] == [editor]


def test_the_first_message_after_a_draft_says_what_visitors_see(editor_client):
    unpublished, published = draft("utkast"), live()
    first, *_more = messages_of(save(editor_client, unpublished))
    assert first == "Utkastet er lagret. Siden ligger ikke på nettstedet."
    first, *_more = messages_of(save(editor_client, published))
    assert first == "Utkastet er lagret. Det sier det samme som besøkende ser."
    first, *_more = messages_of(save(editor_client, published, lead_nb="Ny ingress"))
    assert first == "Utkastet er lagret. Besøkende ser fortsatt den forrige utgaven."


def test_the_first_message_after_publishing_says_when_visitors_see_the_change(editor_client):
    first, *_more = messages_of(save(editor_client, live(), button="_publish"))
    assert first == "Publisert. Besøkende ser endringen innen ett minutt."


def test_a_new_block_is_in_the_edition_that_the_same_save_makes(editor_client):
    page = draft()
    save(editor_client, page, **new_text(1, body_nb="<p>Den nye</p>", body_nn="<p>Det nye</p>"))
    assert page.editions.first().body[-1]["body"] == {"nb": "<p>Den nye</p>", "nn": "<p>Det nye</p>"}


def test_a_deleted_block_leaves_the_draft(editor_client):
    page = draft()
    save(editor_client, page, **{"pages_textblock_set-0-DELETE": "on"})
    assert page.editions.first().body == []


def test_publishing_a_page_that_no_language_completes_keeps_it_off_the_site(editor_client):
    response = new_page(editor_client, button="_publish", title_nb="Uten innhold")
    page = Page.objects.get(title_nb="Uten innhold")
    assert page.editions.get().live_from is None
    assert [message.level_tag for message in response.messages] == ["error"]


def test_publishing_names_the_languages_that_visitors_will_not_see(editor_client):
    page = draft(languages=("nb",))
    response = save(editor_client, page, button="_publish", title_en="Detox")
    assert [message.level_tag for message in response.messages] == ["success", "warning"]


def test_publishing_without_the_right_is_refused_and_saves_nothing(editor_client, editor):
    page = draft()
    editor.groups.get().permissions.remove(Permission.objects.get(codename="publish_page"))
    response = save(editor_client, page, button="_publish", title_nb="Ny")
    assert response.status_code == 403
    assert not page.editions.exists()
    page.refresh_from_db()
    assert page.title_nb == "avrusning nb"


def test_without_the_right_to_publish_there_is_no_such_button(editor_client, editor):
    page = draft()
    editor.groups.get().permissions.remove(Permission.objects.get(codename="publish_page"))
    assert b'name="_publish"' not in editor_client.get(form_of(page)).content


def test_an_empty_address_is_filled_from_the_title_with_norwegian_letters_spelled_out(editor_client):
    new_page(editor_client, title_nb="Når døren er åpen: æ, ø og å", title_nn="Open dør")
    page = Page.objects.latest("pk")
    assert (page.slug_nb, page.slug_nn, page.slug_en) == ("nar-doren-er-apen-ae-o-og-a", "open-dor", "")


def test_a_filled_address_loses_no_letter_and_joins_no_two_words(editor_client):
    new_page(editor_client, title_nb="Ung/voksen kl. 9–15", title_nn="Vuođđu\u00adskuvla, ß", title_en="Men's")
    page = Page.objects.latest("pk")
    assert (page.slug_nb, page.slug_nn, page.slug_en) == ("ung-voksen-kl-9-15", "vuodduskuvla-ss", "mens")


@pytest.mark.parametrize("slug", ["admin", "static", "kontakt"])
def test_an_address_of_the_site_itself_is_refused_beside_the_field_and_the_rest_is_kept(editor_client, slug):
    page = draft()
    response = save(editor_client, page, slug_nb=slug, title_nb="Beholdt tittel", lead_nn="Behalden ingress")
    form = response.context["adminform"].form
    assert list(form.errors) == ["slug_nb"]
    assert b"Beholdt tittel" in response.content
    assert b"Behalden ingress" in response.content
    assert not page.editions.exists()


def test_the_address_of_another_page_is_refused_in_its_language_only(editor_client):
    live("nattverd")
    page = draft()
    response = save(editor_client, page, slug_nn="nattverd-nn", slug_en="nattverd-nn")
    assert list(response.context["adminform"].form.errors) == ["slug_nn"]


def test_a_former_address_redirects_after_the_new_one_is_published(editor_client, client):
    page = live()
    save(editor_client, page, button="_publish", slug_nb="avgiftning")
    assert client.get("/avrusning-nb/").headers["Location"] == "/avgiftning/"
    assert Address.objects.filter(page=page, language="nb").count() == 2


def test_the_forms_pages_have_no_address_to_edit(editor_client):
    page = draft("start", kind=Page.Kind.CONTACT)
    assert b"slug_nb" not in editor_client.get(form_of(page)).content
    assert save(editor_client, page).status_code == 200
    assert page.editions.exists()


def test_the_kind_of_a_page_is_chosen_once(editor_client):
    page = draft()
    save(editor_client, page, kind=Page.Kind.THEME)
    page.refresh_from_db()
    assert page.kind == Page.Kind.ARTICLE


def test_a_second_front_page_is_not_offered(editor_client):
    assert b'value="front"' not in editor_client.get(reverse("admin:pages_page_add")).content


def test_a_page_cannot_be_placed_under_itself(editor_client):
    page = draft()
    response = save(editor_client, page, parent=str(page.pk))
    assert list(response.context["adminform"].form.errors) == ["parent"]


def test_a_post_that_names_blocks_to_copy_copies_nothing(editor_client):
    page, other = draft(), draft("annen")
    save(
        editor_client, page, _clone=f"pages.textblock:{other.pk}", _clone_region="main", _clone_ordering="1",
    )  # fmt: skip
    save(editor_client, page, _clone="contact.inquiry:1", _clone_region="main", _clone_ordering="1")
    assert TextBlock.objects.filter(parent__in=[page, other]).count() == 2


@pytest.mark.parametrize("value", ["%00", "x" * 100_000, "%ff%fe", "%ed%a0%80"])
def test_text_that_cannot_be_stored_is_an_error_beside_the_field_or_is_replaced(editor_client, value):
    page = draft()
    sent = urlencode(fields_of(editor_client, page) | {"title_nb": "STAND-IN"}).replace("STAND-IN", value)
    response = editor_client.post(form_of(page), sent, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (200, 302)
    assert editor_client.get(form_of(page)).status_code == 200


def test_a_form_without_its_hidden_fields_is_answered_not_crashed(editor_client):
    page = draft()
    assert editor_client.post(form_of(page), {"title_nb": "Bare dette"}).status_code == 200
    assert not page.editions.exists()


def test_a_page_with_150_pictures_is_not_too_many_fields(editor_client):
    page = draft()
    names = ("id", "region", "ordering", "picture", "shape", "drawing", "decorative", "parent", "DELETE")
    texts = [f"{name}_{language}" for name in ("alt", "caption") for language in ("nb", "nn", "en")]
    sent = fields_of(editor_client, page)
    sent |= {f"empty-{number}": "" for number in range(250)}  # a browser sends the form of each empty block too
    for number in range(150):
        sent |= {f"pages_figureblock_set-{number}-{name}": "x" for name in (*names, *texts)}
    assert RequestFactory().post(form_of(page), sent).POST["title_nb"] == "avrusning nb"
