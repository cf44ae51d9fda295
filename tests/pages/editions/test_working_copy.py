"""An edition written back into the working copy: a new snapshot says the very same."""

from datetime import date

import pytest
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from modeltranslation.translator import translator

from pages.editions.publishing import save_draft
from pages.editions.snapshot import POSITION_FIELDS, snapshot
from pages.editions.working_copy import write, write_back
from pages.models import BLOCKS, Edition, Page, TextBlock
from tests import factories
from tests.factories import LANGUAGES
from tests.pages.editions.test_edition_formats import FORMAT_1
from tests.pages.every_block import page_with_every_block
from tests.proofs import examples

pytestmark = pytest.mark.django_db
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


def everything_of(page):
    page = Page.objects.get(pk=page.pk)
    return snapshot(page)


def overwrite(page):
    """Make the working copy say something else in every place."""
    other = factories.draft("over", body="<p>Noe annet.</p>")
    page = Page.objects.get(pk=page.pk)
    page.title_nb, page.lead_nn, page.description_en = "Annet", "Annan ingress", "Other"
    page.position, page.in_menu, page.in_footer, page.audience, page.parent = 7, True, True, "relative", other
    page.save()
    for model in BLOCKS:
        model.objects.filter(parent=page).delete()


def test_every_type_of_block_comes_back_as_it_was():
    factories.clinic()
    page = page_with_every_block(in_menu=True, audience="patient", position=3)
    edition = page.editions.get()
    assert {block["type"] for block in edition.body} == {model.snapshot_name for model in BLOCKS}
    overwrite(page)
    _page, left_out = write_back(edition)
    assert everything_of(page) == (edition.head, edition.body)
    assert left_out == []


def test_blocks_that_are_still_there_keep_their_number():
    page = factories.live()
    block = TextBlock.objects.get(parent=page)
    TextBlock.objects.update(body_nb="<p>Annet</p>")
    write_back(page.editions.get())
    assert TextBlock.objects.get(parent=page) == block


def test_the_oldest_format_is_written_back_word_for_word():
    factories.draft(pk=7)
    page = factories.draft(pk=8)
    fields = {name: FORMAT_1[name] for name in ("format", "head", "body")}
    write_back(Edition.objects.create(page=page, **fields))
    head, body = everything_of(page)
    assert body == FORMAT_1["body"]
    assert {name: head[name] for name in FORMAT_1["head"]} == FORMAT_1["head"]
    assert not any(head[name] for name in head.keys() - FORMAT_1["head"].keys())


def test_a_kind_that_only_one_page_can_have_is_neither_taken_from_a_page_nor_given_to_it():
    article, front = factories.live(), factories.front()
    for page, kind in ((article, "front"), (front, "article")):
        edition = page.editions.get()
        write(page, edition.head | {"kind": kind}, edition.body)
    assert [Page.objects.get(pk=page.pk).kind for page in (article, front)] == ["article", "front"]
    edition = article.editions.get()
    write(article, edition.head | {"kind": "overview"}, edition.body)
    assert Page.objects.get(pk=article.pk).kind == "overview"


def test_blocks_of_another_page_are_left_alone():
    page, other = factories.live("en"), factories.live("to")
    before = everything_of(other)
    write_back(page.editions.get())
    assert everything_of(other) == before


def test_a_deleted_claim_and_gathering_are_left_out_and_named():
    factories.clinic()
    page = page_with_every_block()
    edition = page.editions.get()
    for block in ("claim", "event"):
        model = next(model for model in BLOCKS if model.snapshot_name == block)
        for row in model.objects.filter(parent=page):
            row.delete()
            getattr(row, block).delete()
    gone = [(block["type"], block[block["type"]]) for block in edition.body if block["type"] in ("claim", "event")]
    assert write_back(edition)[1] == gone
    assert everything_of(page)[1] == [b for b in edition.body if b["type"] not in ("claim", "event")]


def test_a_parent_that_has_since_been_placed_under_the_page_is_left_out():
    parent = factories.live("over")
    page = factories.live("under", parent=parent)
    edition = page.editions.get()
    Page.objects.filter(pk=page.pk).update(parent=None)
    Page.objects.filter(pk=parent.pk).update(parent=page)
    restored, left_out = write_back(edition)
    assert (restored.parent, left_out) == (None, [("parent", parent.pk)])


def test_an_edition_from_before_a_field_existed_gives_it_its_default():
    page = factories.live(in_footer=True, audience="patient")
    edition = page.editions.get()
    Edition.objects.filter(pk=edition.pk).update(
        head={name: value for name, value in edition.head.items() if name not in ("in_footer", "audience")}
    )
    restored, _left_out = write_back(Edition.objects.get(pk=edition.pk))
    assert (restored.in_footer, restored.audience) == (False, "")


def test_what_a_later_format_dropped_is_not_written():
    page = factories.live()
    edition = page.editions.get()
    body = [{"type": "text", "body": {"nb": "<p>Ord</p>"}, "dropped": "x"}, {"type": "dropped", "text": "x"}]
    Edition.objects.filter(pk=edition.pk).update(body=body)
    assert write_back(Edition.objects.get(pk=edition.pk))[1] == [("dropped", None)]
    assert everything_of(page)[1] == [{"type": "text", "body": {"nb": "<p>Ord</p>"}}]


def value_for(draw, field):
    if field.choices:
        return draw(st.sampled_from([value for value, _label in field.choices]))
    if isinstance(field, models.DateField):
        return draw(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    if isinstance(field, models.BooleanField):
        return draw(st.booleans())
    return draw(TEXT)


@st.composite
def blocks(draw):
    """Return (model, fields) of any block that points to nothing."""
    free = [m for m in BLOCKS if not any(f.is_relation for f in m._meta.fields if f.name not in POSITION_FIELDS)]
    model = draw(st.sampled_from(free))
    translated = translator.get_options_for_model(model).all_fields
    fields = {f"{name}_{code}": draw(TEXT) for name in translated for code in LANGUAGES}
    for field in model._meta.fields:
        if not (field.name in translated or field.name in POSITION_FIELDS or hasattr(field, "translated_field")):
            fields[field.name] = value_for(draw, field)
    return model, fields


class AnyWorkingCopy(TestCase):
    texts = st.dictionaries(
        st.sampled_from([f"{name}_{code}" for name in ("title", "slug", "lead") for code in LANGUAGES]), TEXT
    )

    @settings(max_examples=examples(8, times=32), deadline=None)
    @given(texts=texts, found=st.lists(st.tuples(blocks(), st.integers(0, 3)), max_size=5))
    def test_comes_back_as_it_was(self, texts, found):
        page = Page.objects.create(**texts)
        for (model, fields), ordering in found:
            model.objects.create(parent=page, region="main", ordering=ordering, **fields)
        edition = save_draft(page, by=None)
        overwrite(page)
        write_back(edition)
        assert everything_of(page) == (edition.head, edition.body)
        assert save_draft(page, by=None).digest == edition.digest
