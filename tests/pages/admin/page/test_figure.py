"""A figure in the form of a page: chosen by name, described in the languages of the page."""

import pytest

from pages.models import FigureBlock, Page
from pages.pictures import library
from tests.factories import clinic, draft, front
from tests.pages.admin.forms import form_of, new_block, save
from tests.picture_files import as_file, drawn

pytestmark = pytest.mark.django_db
DESCRIBED = {"alt_nb": "Et fjell", "alt_nn": "Eit fjell", "alt_en": "A mountain"}


@pytest.fixture(autouse=True)
def site(db):
    clinic()
    front()


@pytest.fixture
def picture(editor):
    return library.add(as_file(drawn(300, 200)), name="Tunet", credit="Kari", by=editor)


def figure(**fields):
    return new_block("figure", **({"picture": "", "shape": "whole", "drawing": ""} | fields))


def test_a_picture_is_chosen_by_its_name_and_the_edition_carries_what_a_visit_needs(editor_client, picture):
    page = draft()
    html = editor_client.get(form_of(page)).text
    assert f'<option value="{picture.pk}" data-thumbnail="{picture.thumbnail}">Tunet</option>' in html
    save(editor_client, page, **figure(picture=str(picture.pk), **DESCRIBED))
    assert page.editions.latest("pk").body[-1] == {
        "type": "figure", "picture": picture.pk, "shape": "whole", "drawing": "", "decorative": False,
        "alt": {"nb": "Et fjell", "nn": "Eit fjell", "en": "A mountain"}, "caption": {},
        "key": picture.key, "stem": "whole", "widths": [300], "fallback": "jpg", "width": 300, "height": 200,
        "credit": "Kari",
    }  # fmt: skip


def test_a_draft_with_half_written_blocks_is_saved_and_only_its_publication_refused(editor_client, client):
    page = draft()
    half = {
        **figure(),
        **new_block("resourcelink", url="www.helsenorge.no", language="nb", title_nb="Mer"),
        **new_block("door", audience="", link="", title_nb="Dør"),
        **new_block("claim", claim=""),
        **new_block("table", rows_nb="Tid | Hva\n08"),
        **new_block("faq", question_nb="Hva skjer?"),
    }
    saved = save(editor_client, page, button="_publish", title_nb="Ny", **half)
    assert "error" in [message.level_tag for message in saved.messages]
    kinds = [block["type"] for block in page.editions.get().body]
    assert sorted(kinds) == ["door", "faq", "figure", "resource_link", "table", "text"]
    assert Page.objects.get(pk=page.pk).title_nb == "Ny"
    assert client.get("/avrusning-nb/").status_code == 404
    preview = save(editor_client, page, button="_preview")
    assert preview.shown.status_code == 200


def test_a_withdrawn_picture_is_offered_only_where_it_is_chosen_and_the_page_can_still_be_saved(
    editor_client, editor, picture
):
    page = draft()
    place = {"parent": page, "region": "main", "ordering": 20}
    FigureBlock.objects.create(picture=picture, **place, **DESCRIBED)
    other = library.add(as_file(drawn(300, 300)), name="Båten", credit="", by=editor)
    for gone in (picture, other):
        library.withdraw(gone, by=editor)
    html = editor_client.get(form_of(page)).text
    assert "Tunet (trukket tilbake" in html
    assert "Båten" not in html
    save(editor_client, page, title_nb="Ny tittel")
    assert Page.objects.get(pk=page.pk).title_nb == "Ny tittel"


def test_more_figures_and_pictures_mean_no_more_queries(editor_client, editor, django_assert_max_num_queries):
    page = draft()
    first = library.add(as_file(drawn(300, 200)), name="Nr. 0", credit="", by=editor)
    FigureBlock.objects.create(parent=page, region="main", ordering=20, picture=first, decorative=True)
    with django_assert_max_num_queries(100) as few:
        editor_client.get(form_of(page))
    for width in (101, 102, 103):
        more = library.add(as_file(drawn(width, 100)), name=f"Nr. {width}", credit="", by=editor)
        FigureBlock.objects.create(parent=page, region="main", ordering=width, picture=more, decorative=True)
    with django_assert_max_num_queries(len(few)):
        editor_client.get(form_of(page))
