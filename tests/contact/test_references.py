"""A reference number finds its case, as it is said on the telephone, also after the case is closed or erased."""

import pytest

from contact.cases import status
from contact.models import AccessEntry
from contact.references import erased_with, inquiries_with, references_in
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
        ("Ref. nr. H74R", "H74R-"),
        ("Ref. nr. H74R-Y50Z", "H74R-Y50Z"),
        ("Referansenummer:H74R-Y50Z.", "H74R-Y50Z"),
        ("referanse: h74r\u2011y50z", "H74R-Y50Z"),
        ("REFA-1234", "REFA-1234"),
        ("Hei, jeg har H74R Y5OZ, og lurer på noe", "H74R-Y50Z"),
        ("Hun sa \u200eH74RY50Z\u200e på telefonen", "H74R-Y50Z"),
        ("Saken (H74R-Y50Z) haster; ring 900 12 345", "H74R-Y50Z"),
        ("kanarifuglene i gruven", ""),
        ("H74", ""),
        ("kanarifugl", ""),
        ("hund", ""),
        ("H" * 1_000_000, ""),
    ],
)
def test_a_reference_is_read_as_people_say_and_write_it(said, read):
    assert references_in(said) == ([read] if read else [])


def test_two_words_of_four_letters_never_hide_the_reference_beside_them(inquiry):
    asked = references_in(f"Ring Anne, {inquiry.reference}, eller 9001 2345")
    assert asked == ["R1NG-ANNE", inquiry.reference, "9001-2345"]
    assert list(inquiries_with(asked)) == [inquiry]


def test_open_and_closed_cases_are_found_by_the_whole_reference_or_by_its_first_group(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    for said in (inquiry.reference, inquiry.reference.lower().replace("-", ""), inquiry.reference[:4]):
        assert list(inquiries_with(references_in(said))) == [inquiry]
    assert not inquiries_with([]).exists()


def test_an_erased_case_is_known_by_its_whole_reference_with_how_it_was_erased(inquiry, inquiry_staff):
    reference = inquiry.reference
    erase(inquiry, AccessEntry.Action.STAFF_ERASED, user=inquiry_staff)
    [found] = erased_with([reference])
    assert (found.reference, found.action, found.username) == (reference, "staff_erased", "ivar")
    assert erased_with(references_in(reference[:4])) == []
