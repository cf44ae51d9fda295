"""Every id on a page is there once, whatever its headings and its glossary say."""

import re

import pytest

from pages.editions.publishing import publish, save_draft
from pages.models import Page, TermBlock
from pages.rendering.anchors import FURNITURE
from tests import factories
from tests.pages.every_block import add, page_with_every_block, texts

pytestmark = pytest.mark.django_db
ONLY_ONE = [
    (Page.Kind.CONTACT, "/kontakt/"), (Page.Kind.CONTACT_PATIENT, "/kontakt/pasient/"),
    (Page.Kind.CONTACT_RELATIVE, "/kontakt/parorende/"), (Page.Kind.CONTACT_REFERRER, "/kontakt/henviser/"),
]  # fmt: skip
MANY = [(kind, "/alt-nb/") for kind in (Page.Kind.ARTICLE, Page.Kind.THEME, Page.Kind.OVERVIEW)]


def ids_at(client, address):
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    shown = [answer.text]
    if "/kontakt/" in address and answer.request["QUERY_STRING"]:
        shown.append(client.post(f"{address}?{answer.request['QUERY_STRING']}", {"step": "send"}).text)
    return [re.findall(r'\sid="([^"]*)"', text) for text in shown]


@pytest.fixture
def site():
    factories.clinic()
    factories.front()
    factories.live("annet", audience="patient")


@pytest.mark.parametrize(("kind", "address"), [*MANY, *ONLY_ONE])
def test_no_heading_and_no_word_of_the_glossary_takes_an_id_of_the_page_s_own(client, site, kind, address):
    page = page_with_every_block(body="<p>Uten overskrift.</p>", kind=kind, audience="patient")
    own = {name for ids in ids_at(client, address) for name in ids if not re.search("[:_]", name)}
    assert own - {"tsb-nb", "rop-nb"} <= FURNITURE
    words = [name.replace("-", " ").capitalize() for name in sorted(FURNITURE)]
    headings = "".join(f"<h2>{word}</h2><p>Tekst.</p>" for word in [*words, "Ω", "TSB"])
    page.pages_textblock_set.update(body_nb=headings)
    for word in [*words, "Ω", "Ω", "TSB", "TSB"]:
        add(page, TermBlock, 800, **texts(term=word, explanation="<p>Ord.</p>"))
    publish(save_draft(page, by=None), by=None)
    for ids in ids_at(client, address):
        assert sorted(ids) == sorted(set(ids))
        assert "" not in ids
