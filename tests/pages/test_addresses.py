"""An address belongs to its page for ever: the current one shows it, a former one redirects."""

import pytest
from django.core.exceptions import ValidationError

from pages.models import Address, Page
from pages.publishing import publish, refuse_address, save_draft, take_down
from tests import factories

pytestmark = pytest.mark.django_db


def rename(page: Page, slug: str) -> None:
    page.slug_nb = slug
    page.save()
    publish(save_draft(page, by=None), by=None)


def test_a_former_address_redirects_to_the_current_one(client):
    page = factories.live("avrusning")
    rename(page, "slik-er-avrusning")
    answer = client.get("/avrusning-nb/")
    assert (answer.status_code, answer["Location"]) == (301, "/slik-er-avrusning/")


def test_a_chain_of_former_addresses_is_one_redirect(client):
    page = factories.live("en")
    rename(page, "to")
    rename(page, "tre")
    assert client.get("/en-nb/")["Location"] == "/tre/"
    assert client.get("/to/")["Location"] == "/tre/"


def test_a_page_can_go_back_to_its_former_address_without_a_loop(client):
    page = factories.live("en")
    rename(page, "to")
    rename(page, "en-nb")
    assert client.get("/en-nb/").status_code == 200
    assert client.get("/to/")["Location"] == "/en-nb/"


def test_the_address_in_another_language_is_not_an_address_here(client):
    factories.live("avrusning")
    assert client.get("/avrusning-nn/").status_code == 404
    assert client.get("/nn/avrusning-nn/").status_code == 200


def test_no_page_takes_an_address_that_another_page_has_or_had():
    page = factories.live("en")
    rename(page, "to")
    for taken in ("en-nb", "to"):
        other = factories.draft("annen", slug_nb=taken)
        with pytest.raises(ValidationError):
            publish(save_draft(other, by=None), by=None)
    assert Address.objects.filter(page=page, language="nb", current=True).get().path == "to"


def test_a_page_taken_down_keeps_its_addresses(client):
    page = factories.live("en")
    take_down(page)
    assert client.get("/en-nb/").status_code == 404
    with pytest.raises(ValidationError):
        refuse_address(None, "nb", "en-nb")


@pytest.mark.parametrize(
    ("language", "path"),
    [
        ("nb", "kontakt"),
        ("nn", "kontakt"),
        ("en", "contact"),
        ("nb", "admin"),
        ("nb", "en"),
        ("nb", "static"),
        ("nb", "sok"),
    ],
)
def test_the_sites_own_paths_are_refused(language, path):
    with pytest.raises(ValidationError):
        refuse_address(None, language, path)


def test_a_refused_address_leaves_the_page_as_it_was_live(client):
    page = factories.live("en")
    page.slug_nb = "kontakt"
    page.save()
    with pytest.raises(ValidationError):
        publish(save_draft(page, by=None), by=None)
    assert client.get("/en-nb/").status_code == 200
