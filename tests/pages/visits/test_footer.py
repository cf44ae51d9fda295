"""Pages about the website itself stand at the foot of every page."""

import pytest

from pages.models import Edition
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    factories.clinic()
    factories.front()


def footer(client, address="/"):
    return client.get(address).text.split("<footer")[1]


def test_the_footer_lists_them_in_order_and_in_the_language(client):
    factories.live("tilgjengelighet", in_footer=True, position=20)
    factories.live("personvern", in_footer=True, position=10, languages=("nb", "nn"))
    factories.live("annet")
    text = footer(client)
    assert text.index('href="/personvern-nb/"') < text.index('href="/tilgjengelighet-nb/"')
    assert "annet" not in text
    assert "personvern" not in footer(client, "/en/")
    assert 'href="/en/tilgjengelighet-en/"' in footer(client, "/en/")


def test_without_such_pages_the_column_is_not_there(client):
    before = footer(client).count("<h2>")
    factories.live("personvern", in_footer=True)
    assert footer(client).count("<h2>") == before + 1


def test_the_page_one_is_on_is_marked(client):
    factories.live("personvern", in_footer=True)
    assert '<a href="/personvern-nb/" aria-current="page">' in footer(client, "/personvern-nb/")


def test_an_edition_from_before_there_was_a_footer_is_not_in_it(client):
    page = factories.live("gammel", in_footer=True)
    head = page.editions.get().head
    del head["in_footer"]
    Edition.objects.filter(page=page).update(head=head)
    assert 'href="/gammel-nb/"' not in footer(client, "/gammel-nb/")
