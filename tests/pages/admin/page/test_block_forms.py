"""Each type of block can be added, changed and refused in the form of a page."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from pages.models import BLOCKS, FaqBlock, ResourceLinkBlock, StepBlock, TableBlock
from tests.factories import clinic, draft, front
from tests.pages.admin.forms import form_of, new_block, save
from tests.pages.every_block import page_with_every_block

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(db):
    clinic()
    front()


def test_editors_may_edit_every_type_of_block(editor):
    for model in BLOCKS:
        for verb in ("view", "add", "change", "delete"):
            right = f"pages.{verb}_{model._meta.model_name}"
            assert Permission.objects.filter(codename=right.split(".")[1]).exists()
            assert editor.has_perm(right), right


def test_every_type_of_block_is_offered(editor_client):
    html = editor_client.get(form_of(draft())).content.decode()
    offered = set(re.findall(r'data-add-block="pages_(\w+)_set"', html))
    assert offered == {model._meta.model_name for model in BLOCKS}


def test_saving_a_page_with_every_block_unchanged_changes_nothing(editor_client):
    page = page_with_every_block()
    before = page.editions.latest("pk").body
    save(editor_client, page)
    assert page.editions.count() == 2
    assert page.editions.latest("pk").body == before


def test_a_new_step_has_a_row_for_each_language(editor_client):
    html = editor_client.get(form_of(draft())).content.decode()
    empty = html.split('id="pages_stepblock_set-empty"')[1].split("inline-related")[0]
    for field in ("title", "body"):
        assert set(re.findall(rf"field-{field}_(\w\w)", empty)) == {"nb", "nn", "en"}


def test_a_step_is_added_and_stands_in_the_edition(editor_client):
    page = draft()
    save(editor_client, page, **new_block("step", title_nb="Du ringer", body_nb="<p>Vi svarer.</p>"))
    assert StepBlock.objects.get(parent=page).title_nb == "Du ringer"
    step = page.editions.latest("pk").body[-1]
    assert step == {"type": "step", "title": {"nb": "Du ringer"}, "body": {"nb": "<p>Vi svarer.</p>"}}


def test_a_half_written_block_is_saved_and_stops_the_publication(editor_client):
    page = draft()
    half = new_block("faq", question_nn="Kor lenge?") | new_block(
        "table", caption_nb="Plan", rows_nb="Tid | Hva\n08"
    )
    save(editor_client, page, button="_publish", **half)
    assert (FaqBlock.objects.count(), TableBlock.objects.count()) == (1, 1)
    assert not page.editions.live(at=timezone.now()).exists()


def test_a_source_keeps_the_day_it_was_checked(editor_client):
    page = draft()
    fields = {"url": "https://helsenorge.no/rus", "publisher": "Helsenorge", "language": "nb"}
    save(editor_client, page, **new_block("resourcelink", title_nb="Om rus", checked_on="2026-02-03", **fields))
    assert ResourceLinkBlock.objects.get().publisher == "Helsenorge"
    assert page.editions.latest("pk").body[-1] == {
        "type": "resource_link", "title": {"nb": "Om rus"}, "checked_on": "2026-02-03", **fields,
    }  # fmt: skip


def test_a_page_is_put_in_the_footer(editor_client):
    page = draft()
    save(editor_client, page, in_footer="on")
    assert page.editions.latest("pk").head["in_footer"] is True
