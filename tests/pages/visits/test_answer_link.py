"""A sender finds where to read our answer from every page: in the menu, at its foot and in the search."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("front", "address", "words"),
    [
        ("/", "/kontakt/svar/", "Les svaret"),
        ("/nn/", "/nn/kontakt/svar/", "Les svaret"),
        ("/en/", "/en/contact/answer/", "Read our answer"),
    ],
)
def test_every_page_leads_to_the_answer_from_both_menus_and_from_its_foot(client, front, address, words):
    factories.clinic()
    factories.front()
    header, footer = client.get(front).text.split("<footer")
    link = f'<a href="{address}">{words}</a>'
    assert (header.count(link), footer.count(link)) == (2, 1)
    assert f'<a href="{address}" aria-current="page">{words}</a>' in client.get(address).text


def test_the_search_leads_to_the_answer_when_a_sender_may_ask_for_it(client, db):
    link = "Les svaret med koden din</a>"
    for question in ("svar", "Les svaret", "hvor skriver jeg koden", "referansenummer"):
        assert link in client.get("/sok/", {"q": question}).text
    for question in ("", "avrusning", "svare for seg"):
        assert link not in client.get("/sok/", {"q": question}).text
