"""A language link leads to the same page, or says in its own language that it leads to the front page."""

import re

import pytest

from pages.editions.publishing import publish, save_draft
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    factories.clinic()
    factories.front()


def links(client, address):
    """Return {language: (address, words)} of the language links."""
    text = client.get(address).text.split('class="language-links"')[1].split("</nav>")[0]
    found = re.findall(r'<a lang="(..)" hreflang="(..)" href="([^"]*)"[^>]*>(.*?)</a>', text)
    assert all(lang == leads_to for lang, leads_to, _url, _words in found)
    return {lang: (url, re.sub("<[^>]+>", "", words)) for lang, _leads_to, url, words in found}


def test_a_page_in_every_language_has_plain_links(client):
    factories.live("avrusning")
    assert links(client, "/avrusning-nb/") == {
        "nb": ("/avrusning-nb/", "Bokmål"), "nn": ("/nn/avrusning-nn/", "Nynorsk"),
        "en": ("/en/avrusning-en/", "English"),
    }  # fmt: skip


def test_a_link_that_loses_the_page_says_so_in_its_own_language(client):
    factories.live("ordliste", languages=("en",))
    assert links(client, "/en/ordliste-en/") == {
        "nb": ("/", "Bokmål (forsiden)"), "nn": ("/nn/", "Nynorsk (framsida)"),
        "en": ("/en/ordliste-en/", "English"),
    }  # fmt: skip
    factories.live("rop", languages=("nb", "nn"))
    assert links(client, "/nn/rop-nn/")["en"] == ("/en/", "English (front page)")


def test_where_no_page_was_found_every_other_link_says_that_it_leads_to_the_front_page(client):
    found = links(client, "/finnes-ikke/")
    assert found["nb"] == ("/", "Bokmål")
    assert found["en"] == ("/en/", "English (front page)")


def test_a_page_that_is_only_in_norwegian_is_one_press_away(client):
    page = factories.live("rop")
    page.pages_textblock_set.update(body_en="")
    publish(save_draft(page, by=None), by=None)
    found = links(client, "/en/rop-en/")
    assert found["nb"] == ("/rop-nb/", "Bokmål")
    assert found["nn"] == ("/nn/rop-nn/", "Nynorsk")


def test_the_forms_are_in_every_language(client):
    assert links(client, "/kontakt/")["en"] == ("/en/contact/", "English")
