"""Cleaning ends soon, however long or deep the html is."""

import pytest
from django.core.exceptions import ValidationError

from pages.models import Page, TextBlock
from pages.richtext.allowed_markup import DEEPEST, LONGEST, clean


@pytest.mark.parametrize("around", ["{}", "<!--</ul>-->{}", "<textarea></ul></textarea>{}"])
@pytest.mark.parametrize("inner", ["", "x"])
def test_lists_too_deep_for_a_reader_are_refused(around, inner):
    with pytest.raises(ValidationError) as caught:
        clean(around.format("<ul><li>") * (DEEPEST + 1) + inner)
    assert caught.value.code == "too_deep"


def test_a_text_longer_than_a_page_is_refused():
    with pytest.raises(ValidationError) as caught:
        clean("x" * (LONGEST + 1))
    assert caught.value.code == "too_long"


def test_lines_and_words_side_by_side_are_not_deep():
    html = "<p>Vi <strong>svarer</strong>.<br></p>" * 100 + "<ul><li>a</li></ul>" * 100
    assert clean(html) == html


@pytest.mark.django_db
def test_the_field_refuses_it_too():
    block = TextBlock(parent=Page(kind="page"), ordering=1, region="main", body_nb="<ul><li>" * 200)
    with pytest.raises(ValidationError) as caught:
        block.clean_fields()
    assert "body_nb" in caught.value.message_dict
