"""An address belongs to its page for ever: the current one shows it, a former one redirects."""

import pytest
from django.core.exceptions import ValidationError

from pages.editions import addresses
from pages.editions.addresses import refuse_address
from pages.editions.publishing import publish, save_draft, take_down
from pages.models import Address, Page
from tests import factories
from tests.pages.admin.forms import form_of
from tests.pages.admin.undrawn_form import fields_of

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


@pytest.mark.plain
def test_a_chain_of_former_addresses_is_one_redirect(client):
    page = factories.live("en")
    rename(page, "to")
    rename(page, "tre")
    assert client.get("/en-nb/")["Location"] == "/tre/"
    assert client.get("/to/")["Location"] == "/tre/"


@pytest.mark.plain
def test_a_page_can_go_back_to_its_former_address_without_a_loop(client):
    page = factories.live("en")
    rename(page, "to")
    rename(page, "en-nb")
    assert client.get("/en-nb/").status_code == 200
    assert client.get("/to/")["Location"] == "/en-nb/"


def test_the_address_in_another_language_is_no_second_address_here_and_leads_to_its_own(client):
    factories.live("avrusning")
    assert client.get("/avrusning-nn/")["Location"] == "/avrusning-nb/"
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


def test_two_pages_that_claim_one_address_at_once_do_not_take_it_from_each_other(monkeypatch):
    """The check has passed for both; the second to write must be refused, not be given the first's address."""
    first = factories.live("en")
    second = factories.draft("annen", slug_nb="en-nb")
    monkeypatch.setattr(addresses, "refuse_address", lambda *_arguments: None)
    with pytest.raises(ValidationError):
        publish(save_draft(second, by=None), by=None)
    assert Address.objects.get(language="nb", path="en-nb").page == first


def test_an_address_taken_between_check_and_publication_is_said_and_the_draft_kept(editor_client, monkeypatch):
    factories.live("en")
    second = factories.draft("annen")
    monkeypatch.setattr("pages.admin.page.form.refuse_address", lambda *_arguments: None)
    data = fields_of(editor_client, second) | {"slug_nb": "en-nb", "_publish": "1"}
    answer = editor_client.post(form_of(second), data, follow=True)
    assert answer.status_code == 200
    assert "tilhører siden" in answer.text
    assert second.editions.latest("pk").live_from is None
