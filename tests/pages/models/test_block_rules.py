"""What the forms refuse in a block, and in which language they say so."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pages.models import Claim, ResourceLinkBlock
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


@pytest.mark.parametrize(("model", "field"), [(ResourceLinkBlock, "url"), (Claim, "source_url")])
def test_invisible_signs_are_no_part_of_a_web_address(model, field):
    pasted = model(**{field: "\u202ahttps://helse\u00adnorge.no/rus\u200b\u202c"})
    pasted.clean_fields(exclude={one.name for one in model._meta.fields} - {field})
    assert getattr(pasted, field) == "https://helsenorge.no/rus"


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


def test_a_source_cannot_have_been_checked_tomorrow():
    today = timezone.localdate()
    assert errors(ResourceLinkBlock(**WHOLE, checked_on=today)) == set()
    assert errors(ResourceLinkBlock(**WHOLE, checked_on=today + timedelta(days=1))) == {"checked_on"}
