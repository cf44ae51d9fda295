"""Advertising is set aside, and no request for help is taken for it."""

import pytest

from contact.sender.forms.private import PatientForm
from contact.sender.spam import is_advertising

HELP = ("Jeg drikker for mye, og trenger hjelp. Fant dere på https://mestringshusene.example/avrusning/ i natt, "
        "og lurer på om dere kan ringe meg.")  # fmt: skip


@pytest.mark.parametrize("text", [
    HELP, "", "hei", "Broren min la ut dette: www.example.no. " + "Jeg er redd for ham. " * 5,
    "http og www er ord, ikke lenker",
])  # fmt: skip
def test_a_person_who_asks_is_not_taken_for_advertising(text):
    assert not is_advertising(text)


@pytest.mark.parametrize("text", [
    "https://a.example https://b.example https://c.example " + "ord " * 200,
    "Cheap pills https://pills.example/buy-now-and-save",
    "HTTPS://PILLS.EXAMPLE",
])  # fmt: skip
def test_a_text_full_of_links_is_advertising(text):
    assert is_advertising(text)


def test_advertising_is_quarantined_and_its_form_is_valid_all_the_same():
    form = PatientForm({"message": "Buy https://a.example/aaaaaaaaaaaaaaaa"})
    assert form.is_valid()
    assert form.is_suspicious
