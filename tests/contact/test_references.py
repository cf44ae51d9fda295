"""A reference number finds its case, as it is said on the telephone, also after the case is closed or erased."""

import pytest

from contact.cases import status
from contact.models import AccessEntry
from contact.references import erased_with, inquiries_with, parse_reference
from contact.retention.erasure import erase

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("H74R-Y50Z", "H74R-Y50Z"),
        (" h74r y5oz ", "H74R-Y50Z"),
        ("«H74RY50Z».", "H74R-Y50Z"),
        ("IL1O-0000", "1110-0000"),
        ("H74R", "H74R-"),
        ("H74", ""),
        ("kanarifugl", ""),
        ("hund", ""),
        ("H" * 1_000_000, ""),
    ],
)
def test_a_reference_is_read_as_people_say_and_write_it(said, read):
    assert parse_reference(said) == read


def test_open_and_closed_cases_are_found_by_the_whole_reference_or_by_its_first_group(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    for said in (inquiry.reference, inquiry.reference.lower().replace("-", ""), inquiry.reference[:4]):
        assert list(inquiries_with(parse_reference(said))) == [inquiry]
    assert not inquiries_with("").exists()


def test_an_erased_case_is_known_by_its_whole_reference_with_how_it_was_erased(inquiry, inquiry_staff):
    reference = inquiry.reference
    erase(inquiry, AccessEntry.Action.STAFF_ERASED, user=inquiry_staff)
    [found] = erased_with(reference)
    assert (found.reference, found.action, found.username) == (reference, "staff_erased", "ivar")
    assert erased_with(parse_reference(reference[:4])) == []
