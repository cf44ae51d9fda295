"""How a page's languages stand, followed from save to save."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from modeltranslation.translator import translator

from pages import migrations
from pages.diff.translation_pairs import TranslationIntent, pairs_in, translated_texts
from pages.editions.publishing import save_draft
from pages.editions.snapshot import block_snapshot
from pages.editions.translation_progress import confirm, earlier_sources
from pages.editions.waiting_edition import discard_draft
from pages.editions.working_copy import write_back
from pages.models import BLOCKS, Page, PageTranslation, TextBlock
from tests import kept_rows
from tests.factories import draft, live

pytestmark = pytest.mark.django_db


def states(page):
    return dict(PageTranslation.objects.filter(page=page).values_list("language", "state"))


def written(page, intent=TranslationIntent.TYPED, **fields):
    """Save the page as an editor would who changes these texts of it and its first text block."""
    block = {name: fields.pop(name) for name in list(fields) if name.startswith("body_")}
    Page.objects.filter(pk=page.pk).update(**fields)
    if block:
        TextBlock.objects.filter(parent=page).update(**block)
    return save_draft(Page.objects.get(pk=page.pk), by=None, intent=intent)


@pytest.fixture
def page(db):
    """A page that is current in every language."""
    made = draft()
    written(made)
    assert set(states(made).values()) == {"current"}
    return made


@pytest.mark.plain
def test_a_language_without_title_address_or_content_is_missing():
    page = draft(languages=("nb", "en"))
    written(page)
    assert states(page) == {"nb": "current", "nn": "missing", "en": "current"}


def test_a_changed_source_makes_every_translation_outdated(page):
    written(page, lead_nb="Ny ingress")
    assert states(page) == {"nb": "current", "nn": "outdated", "en": "outdated"}


def test_a_minor_edit_keeps_what_was_current(page):
    written(page, TranslationIntent.MINOR_CHANGE, body_nb="<p>Velkommen inn!</p>")
    assert set(states(page).values()) == {"current"}


def test_a_minor_edit_keeps_what_was_outdated(page):
    written(page, body_nb="<p>Kom inn.</p>")
    written(page, TranslationIntent.MINOR_CHANGE, body_nb="<p>Kom inn!</p>")
    assert states(page)["nn"] == "outdated"


def test_a_translation_written_afterwards_is_current_again(page):
    written(page, body_nb="<p>Kom inn.</p>")
    written(page, body_nn="<p>Kom inn, du.</p>")
    assert states(page) == {"nb": "current", "nn": "current", "en": "outdated"}


def test_source_and_translation_changed_in_one_save_match(page):
    written(page, title_nb="Ny", title_nn="Ny, du", title_en="New")
    assert set(states(page).values()) == {"current"}


def test_a_translation_of_one_text_does_not_answer_for_another(page):
    written(page, title_nb="Ny", body_nb="<p>Kom inn.</p>")
    written(page, title_nn="Ny, du")
    assert states(page)["nn"] == "outdated"


def test_a_source_that_is_put_back_matches_again(page):
    title = page.title_nb
    written(page, title_nb="Ny")
    written(page, title_nb=title)
    assert set(states(page).values()) == {"current"}


def test_a_translation_that_was_confirmed_is_current(page):
    written(page, title_nb="Ny")
    row = PageTranslation.objects.get(page=page, language="nn")
    assert [pair.place for pair in row.open_pairs()] == ["page.title"]
    assert confirm(page, "nn", row.open_pairs()).state == "current"
    assert states(page) == {"nb": "current", "nn": "current", "en": "outdated"}


def test_a_new_block_without_translation_makes_it_outdated(page):
    TextBlock.objects.create(parent=page, region="main", ordering=20, body_nb="<p>Mer.</p>")
    written(page)
    assert states(page) == {"nb": "current", "nn": "outdated", "en": "outdated"}


@pytest.mark.plain
def test_the_order_of_the_blocks_makes_no_difference(page):
    other = TextBlock.objects.create(
        parent=page, region="main", ordering=20, body_nb="<p>B</p>", body_nn="<p>Bn</p>", body_en="<p>Be</p>"
    )
    written(page)
    TextBlock.objects.filter(pk=other.pk).update(ordering=1)
    written(page)
    assert set(states(page).values()) == {"current"}


def test_an_edition_that_is_put_back_stands_as_it_stood(page):
    first = page.editions.first()
    outdated = written(page, body_nb="<p>Kom inn.</p>")
    written(page, body_nn="<p>Kom inn, du.</p>", body_en="<p>Come in.</p>")
    save_draft(write_back(first)[0], by=None)
    assert set(states(page).values()) == {"current"}
    save_draft(write_back(outdated)[0], by=None)
    assert states(page) == {"nb": "current", "nn": "outdated", "en": "outdated"}


def test_a_discarded_draft_leaves_what_is_live_current():
    page = live()
    written(page)
    confirm(page, "nn", PageTranslation.objects.get(page=page, language="nn").pairs)
    written(page, title_nb="Ny")
    discard_draft(page, by=None)
    assert states(page)["nn"] == "current"


def test_no_earlier_wording_is_looked_for_where_nothing_is_translated(page, django_assert_num_queries):
    edition = written(page, body_nn="")
    (pair,) = [pair for pair in pairs_in(edition.head, edition.body, "nn") if not pair.translation]
    with django_assert_num_queries(0):
        assert earlier_sources(page, "nn", [pair.fingerprint], [pair]) == {}


def test_nothing_of_a_text_is_kept_in_the_record(page):
    written(page, title_nb="Kari Nordmann", title_nn="Kari Nordmann")
    kept = str(list(PageTranslation.objects.values_list("known", "said")))
    assert "Kari" not in kept


@pytest.mark.plain
def test_the_starter_pages_are_current_in_every_language():
    kept_rows.starter_pages()
    assert PageTranslation.objects.count() == 3 * Page.objects.count()
    assert set(PageTranslation.objects.values_list("state", flat=True)) == {"current"}


@pytest.mark.plain
@pytest.mark.parametrize("model", BLOCKS)
def test_every_translated_text_of_a_block_counts(model):
    names = translator.get_options_for_model(model).all_fields
    block = model(**{f"{name}_nb": "x" for name in names})
    assert {place for place, _text in translated_texts({}, [block_snapshot(block)])} == {
        f"{model.snapshot_name}.{name}" for name in names
    }


def test_pages_from_before_begin_as_current_where_the_language_is_complete():
    page, half = draft(), draft("halv", languages=("nb",))
    Page.objects.filter(pk=half.pk).update(title_nn="Halv")
    for one in (page, half):
        save_draft(Page.objects.get(pk=one.pk), by=None)
    PageTranslation.objects.all().delete()
    name = next(path.stem for path in Path(migrations.__path__[0]).glob("*_page_translation.py"))
    import_module(f"pages.migrations.{name}").begin(apps, None)
    assert states(page) == dict.fromkeys(("nb", "nn", "en"), "current")
    assert states(half) == {"nb": "current", "nn": "missing", "en": "missing"}
    assert sorted(PageTranslation.objects.filter(language="nb").values_list("left", flat=True)) == [0, 2]
    written(page, title_nb="Ny")
    assert states(page) == {"nb": "current", "nn": "outdated", "en": "outdated"}
