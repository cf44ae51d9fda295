"""The starter pages are what staff learn from: the panel has nothing to say of them."""

import pytest

from pages.languages import LANGUAGES
from pages.models import StarterRecord
from pages.quality.checking import check
from pages.quality.passages import read
from pages.quality.rules.readability import measure
from tests import kept_rows

pytestmark = pytest.mark.django_db


def test_the_rules_find_nothing_in_any_starter_page():
    kept_rows.starter_pages()
    found = []
    for record in StarterRecord.objects.select_related("page"):
        edition = record.page.editions.latest("pk")
        for language in LANGUAGES:
            reading = read(edition.head, edition.body, language)
            found += [(record.key, language, one.rule, one.words) for one in check(reading)]
            lix = measure(reading).lix
            assert lix is None or lix <= 40
    assert found == []
