"""Every page can be found: a title of its own, a description, one address per language, and a true day."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from pages.models import Page
from tests import factories, kept_rows

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def one(pattern, text):
    (found,) = re.findall(pattern, text, re.DOTALL)
    return unescape(found)


def alternates(text):
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', text))


def entries(client):
    """Return {address: (day, {language: address})} of the sitemap."""
    root = ET.fromstring(client.get("/sitemap.xml").content)
    return {
        url.find(f"{SITEMAP}loc").text: (
            url.find(f"{SITEMAP}lastmod").text,
            {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")},
        )
        for url in root.iter(f"{SITEMAP}url")
    }


def test_every_starter_page_has_a_title_and_a_description_of_its_own_and_a_whole_set_of_addresses(client):
    kept_rows.starter_pages()
    told = entries(client)
    assert len(told) == 3 * 23  # the forms are not listed, as their address leads to one with a token
    seen = {"nb": set(), "nn": set(), "en": set()}
    for address, (_day, listed) in told.items():
        text = client.get(address.removeprefix("http://testserver")).text
        language = one(r'<html lang="(..)"', text)
        title, description = (
            one("<title>(.*?)</title>", text),
            one('<meta name="description" content="(.*?)">', text),
        )
        assert 20 <= len(title) <= 65, (address, title)
        assert 50 <= len(description) <= 160, (address, description)
        assert title not in seen[language], address
        assert description not in seen[language], address
        seen[language] |= {title, description}
        assert one('<link rel="canonical" href="(.*?)">', text) == address
        assert alternates(text) == listed
        assert listed[language] == address
        assert listed["x-default"] == listed["nb"]


def test_the_name_comes_first_on_the_front_page_and_last_elsewhere(client):
    factories.clinic()
    factories.front(title_nb="Velkommen")
    factories.live("avrusning")
    assert one("<title>(.*?)</title>", client.get("/").text) == "Mestringshusene – Velkommen"
    assert one("<title>(.*?)</title>", client.get("/avrusning-nb/").text) == "avrusning nb – Mestringshusene"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"description_nb": "Beskrivelsen.", "lead_nb": "Innledningen."}, "Beskrivelsen."),
        ({"lead_nb": "Innledningen."}, "Innledningen."),
        ({}, "Første avsnitt. Andre avsnitt."),
        ({"lead_nb": "Ord " * 100}, ("Ord " * 39 + "Ord…")),
    ],
)
def test_a_page_without_a_description_says_what_it_begins_with(client, fields, expected):
    factories.clinic()
    factories.live("side", body="<p>Første avsnitt.</p>\n<p>Andre avsnitt.</p>", **fields)
    text = client.get("/side-nb/").text
    assert one('<meta name="description" content="(.*?)">', text) == expected
    assert one('<meta property="og:description" content="(.*?)">', text) == expected


def test_a_page_in_two_languages_names_only_those(client):
    factories.clinic()
    factories.front()
    factories.live("rop", languages=("nn", "en"))
    assert set(alternates(client.get("/en/rop-en/").text)) == {"nn", "en"}


def test_the_sitemap_gives_the_day_a_change_went_live_not_the_day_it_was_typed(client):
    factories.clinic()
    page = factories.live("avrusning")
    long_ago = timezone.now() - timedelta(days=30)
    page.editions.update(saved_at=long_ago, live_from=long_ago + timedelta(days=3))
    day = timezone.localtime(page.editions.get().live_from).date().isoformat()
    assert entries(client)["http://testserver/avrusning-nb/"][0] == day
    assert f'<time datetime="{day}">' in client.get("/avrusning-nb/").text


def test_error_pages_claim_no_address(client):
    factories.clinic()
    text = client.get("/finnes-ikke/").text
    assert 'rel="canonical"' not in text
    assert alternates(text) == {}


def test_the_contact_page_says_what_its_words_say(client):
    factories.clinic()
    factories.live("kontakt", kind=Page.Kind.CONTACT, lead_nb="Ring eller skriv.")
    assert one('<meta name="description" content="(.*?)">', client.get("/kontakt/").text) == "Ring eller skriv."
