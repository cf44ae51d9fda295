"""What the forms refuse in a block, and in which language they say so."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pages.models import (
    CalloutBlock,
    FactorBlock,
    FaqBlock,
    MythFactBlock,
    ResourceLinkBlock,
    StepBlock,
    TableBlock,
)
from pages.models.blocks.table import cells, fault_in

WHOLE = {"url": "https://example.org/a", "publisher": "Helsenorge"}


def errors(block):
    """Return the names of the fields a block is refused for."""
    try:
        block.full_clean(exclude=["parent", "region", "ordering"])
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize("rows", [
    "Tid|Hva\n08|Frokost", "Tid\tHva\n08\tFrokost\n", "| Tid | Hva |\n| 08 | Frokost |",
    "| Tid | Hva |\n|-----|:---:|\n| 08 | Frokost |", "Tid | Hva\n--- | ---\n08 | Frokost",
])  # fmt: skip
def test_rows_of_a_spreadsheet_and_of_markdown_become_the_same_columns(rows):
    assert cells(rows) == [["Tid", "Hva"], ["08", "Frokost"]]


def test_an_empty_first_cell_stays_a_cell():
    assert cells("|Man\n08|\tFrokost") == [["", "Man"], ["08", "Frokost"]]
    assert cells("\tMan\n08\t") == [["", "Man"], ["08", ""]]


@pytest.mark.parametrize(("model", "first", "second"), [
    (CalloutBlock, "title", "body"), (FaqBlock, "question", "answer"), (MythFactBlock, "myth", "fact"),
    (TableBlock, "caption", "rows"),
])  # fmt: skip
def test_two_texts_that_belong_together_are_both_there_or_neither(model, first, second):
    words = "a|b\nc|d"
    assert errors(model()) == set()
    assert errors(model(**{f"{first}_nn": words, f"{second}_nn": words})) == set()
    assert errors(model(**{f"{first}_nn": words})) == {f"{second}_nn"}
    assert errors(model(**{f"{second}_en": words, f"{first}_nb": words})) == {f"{first}_en", f"{second}_nb"}


@pytest.mark.parametrize(("model", "text"), [(StepBlock, "body"), (FactorBlock, "text")])
def test_a_step_and_a_factor_have_a_name_and_need_nothing_more(model, text):
    assert errors(model(title_nb="Navn")) == set()
    assert errors(model(**{f"{text}_nn": "Ord"})) == {"title_nn"}


@pytest.mark.parametrize(("rows", "refused"), [
    ("Tid | Hva\n08 | Mat", False), ("Tid|Hva\n\n08|Mat\n", False), ("Bare\nen", False), ("Tid | Hva", True),
    ("Tid | Hva\n08", True), ("Tid | Hva\n08 | Mat | Mer", True), ("Tid | Hva\n08 | Mat\n|", False),
])  # fmt: skip
def test_every_row_of_a_table_has_as_many_cells_as_the_first(rows, refused):
    assert errors(TableBlock(caption_en="Plan", rows_en=rows)) == ({"rows_en"} if refused else set())


def test_the_message_about_a_table_names_the_row():
    assert "2" in fault_in("a|b\nc")
    assert "3" in fault_in("a|b\nc|d\ne|f|g")


@given(table=st.integers(1, 5).flatmap(lambda width: st.lists(
    st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=width, max_size=width), min_size=2
)))  # fmt: skip
def test_any_table_of_words_is_read_back_as_it_was_written(table):
    written = "\n".join(" | ".join(row) for row in table)
    assert cells(written) == table
    assert fault_in(written) is None


@pytest.mark.parametrize(
    "url", ["http://example.org", "ftp://example.org", "javascript:alert(1)", "example.org", ""]
)
def test_a_source_is_reached_by_https_only(url):
    assert errors(ResourceLinkBlock(**WHOLE | {"url": url})) == {"url"}


def test_a_source_names_who_stands_behind_it():
    assert errors(ResourceLinkBlock(**WHOLE)) == set()
    assert errors(ResourceLinkBlock(**WHOLE | {"publisher": ""})) == {"publisher"}


def test_a_source_cannot_have_been_checked_tomorrow():
    today = timezone.localdate()
    assert errors(ResourceLinkBlock(**WHOLE, checked_on=today)) == set()
    assert errors(ResourceLinkBlock(**WHOLE, checked_on=today + timedelta(days=1))) == {"checked_on"}
