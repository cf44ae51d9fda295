"""The contact pages show the words that editors have published, and their own words without any."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
PAGES = [
    ("contact", "/kontakt/", "Kontakt oss"),
    ("contact_patient", "/kontakt/pasient/", "Skriv til oss"),
    ("contact_relative", "/kontakt/parorende/", "Skriv til oss"),
    ("contact_referrer", "/kontakt/henviser/", "Skriv til oss"),
]


@pytest.mark.parametrize(("kind", "address", "own_title"), PAGES)
def test_published_words_stand_in_title_description_heading_and_body(client, keyring, kind, address, own_title):
    factories.live(kind=kind, title_nb="Her er vi", description_nb="Fjellvann.", body="<p>Et ord fra oss.</p>")
    page = client.get(address, follow=True).text
    assert "<title>Her er vi" in page
    assert '<meta name="description" content="Fjellvann.">' in page
    assert "<h1>Her er vi</h1>" in page
    assert "Et ord fra oss." in page
    assert f"<h1>{own_title}</h1>" not in page


@pytest.mark.parametrize(("kind", "address", "own_title"), PAGES)
def test_without_published_words_the_page_has_its_own(client, keyring, kind, address, own_title):
    factories.draft(kind=kind, title_nb="Her er vi")
    page = client.get(address, follow=True).text
    assert f"<title>{own_title}" in page
    assert f"<h1>{own_title}</h1>" in page
    assert "Her er vi" not in page
