"""The places in the website that a link can lead to: pages, and the forms instead of the words over them."""

import pytest

from pages.admin.picker.destinations import FORMS, form_names, linkable_pages
from pages.richtext.allowed_markup import clean
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", FORMS)
def test_editors_can_link_to_the_form_and_never_to_its_words(kind):
    factories.draft("ord", kind=kind)
    link = FORMS[kind]
    assert not linkable_pages()
    assert link in form_names()
    assert clean(f'<p><a href="{link}">Skriv</a></p>') == f'<p><a href="{link}">Skriv</a></p>'
