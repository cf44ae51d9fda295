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


def wrong(response):
    return {choice.code for choice in response.context["language_switch"] if choice.errors}


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


def test_a_figure_is_described_in_every_language_the_page_has_a_title_in(editor_client):
    page = draft()
    response = save(editor_client, page, **figure(drawing="window", alt_nb="Et hus"))
    assert wrong(response) == {"nn", "en"}
    assert not FigureBlock.objects.exists()


def test_a_page_only_in_bokmal_asks_for_no_other_language_until_one_is_added(editor_client):
    page = draft(languages=("nb",))
    save(editor_client, page, **figure(drawing="window", alt_nb="Et hus"))
    assert FigureBlock.objects.get(parent=page).alt_nb == "Et hus"
    assert wrong(save(editor_client, page, title_en="Detox")) == {"en"}
    assert not Page.objects.get(pk=page.pk).title_en


def test_decoration_and_a_figure_that_is_being_removed_are_asked_nothing(editor_client):
    page = draft()
    place = {"parent": page, "region": "main", "drawing": "window"}
    FigureBlock.objects.create(**place, ordering=20, alt_nb="Et hus")
    kept = FigureBlock.objects.create(**place, ordering=30, decorative=True)
    save(editor_client, page, **{"pages_figureblock_set-0-DELETE": "on"})
    assert FigureBlock.objects.get() == kept


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
