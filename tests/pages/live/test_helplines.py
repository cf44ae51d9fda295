"""A list of helplines shows the verified lines of one group of readers."""

import pytest

from pages.editions.publishing import publish, save_draft
from pages.live.phone import public_helpline
from pages.models import Helpline, HelplinesBlock
from tests import factories
from tests.pages.every_block import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    """A verified line for relatives on a live page."""
    clinic = factories.clinic()
    factories.front()
    line = Helpline.objects.create(
        clinic=clinic, number="90 90 48 48", name_nb="Pårørendelinjen", name_en="The relatives' line",
        hours_nb="Hverdager 10–15", audience="relatives", verified_on="2026-02-03",
    )  # fmt: skip
    page = factories.draft("for-parorende")
    add(page, HelplinesBlock, 20, audience="relatives")
    publish(save_draft(page, by=None), by=None)
    return line


def listed(client, address="/for-parorende-nb/"):
    return client.get(address).text.partition('class="helpline-list"')[2].partition("</dl>")[0]


def test_the_number_can_be_rung_and_its_hours_read(client, line):
    found = listed(client)
    assert 'href="tel:90904848"' in found
    assert "Hverdager 10–15" in found
    assert "The relatives&#x27; line" in listed(client, "/en/for-parorende-en/")


def test_lines_for_others_are_not_in_it(client, line):
    assert "113" not in listed(client)


def test_a_line_nobody_has_checked_is_gone_and_the_empty_list_with_it(client, line):
    Helpline.objects.filter(pk=line.pk).update(verified_on=None)
    assert "helpline-list" not in client.get("/for-parorende-nb/").text


def test_a_helpline_without_a_translated_name_has_its_norwegian_one():
    row = {"number": "113", "name": "Ambulanse", "name_en": "", "hours_en": None, "audience": "all"}
    assert public_helpline(row, "en").name == "Ambulanse"
