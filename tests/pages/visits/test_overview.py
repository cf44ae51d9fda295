"""An overview lists the pages under it by itself, and they lead back to it."""

import pytest
from django.utils import timezone

from pages.editions.publishing import publish, save_draft, take_down
from pages.live.tree import LiveTree
from pages.models import Page
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def overview():
    factories.clinic()
    factories.front()
    return factories.live("artikler", kind=Page.Kind.OVERVIEW)


def children(page, language="nb"):
    return [link.title for link in LiveTree.read(at=timezone.now()).children(page.pk, language)]


def test_an_overview_lists_its_pages_in_order_with_their_introductions(client, overview):
    factories.live("sist", parent=overview, position=30, lead_nb="Til slutt.")
    factories.live("forst", parent=overview, position=10, lead_nb="Aller først.", menu_title_nb="F")
    factories.live("andre-steder")
    text = client.get("/artikler-nb/").text
    assert text.index('<a href="/forst-nb/">forst nb</a>') < text.index("Aller først.")
    assert text.index("Aller først.") < text.index('<a href="/sist-nb/">sist nb</a>') < text.index("Til slutt.")
    assert children(overview) == ["forst nb", "sist nb"]


def test_only_what_is_live_and_public_in_the_language_is_listed(overview):
    factories.draft("utkast", parent=overview)
    factories.live("norsk", parent=overview, languages=("nb", "nn"))
    gone = factories.live("borte", parent=overview)
    assert children(overview, "nn") == ["norsk nn", "borte nn"]
    take_down(gone)
    assert children(overview, "nn") == ["norsk nn"]
    assert children(overview, "en") == []


def test_an_overview_of_many_pages_takes_three_queries(client, overview, django_assert_max_num_queries):
    for number in range(25):
        factories.live(f"side{number}", parent=overview)
    with django_assert_max_num_queries(3):
        assert "side24 nb" in client.get("/artikler-nb/").text


def test_the_invitation_to_ring_comes_after_the_list(client, overview):
    factories.live("under", parent=overview)
    factories.add_panel(overview, title_nb="Snakk med oss om dette")
    publish(save_draft(overview, by=None), by=None)
    text = client.get("/artikler-nb/").text
    assert text.index('class="subpages"') < text.index("Snakk med oss om dette")
    assert text.count("Snakk med oss om dette") == 1


def test_an_overview_without_pages_says_so(client, overview):
    assert 'class="subpages"' not in client.get("/artikler-nb/").text
    assert client.get("/artikler-nb/").status_code == 200


def test_an_overview_needs_no_more_than_an_introduction():
    page = Page.objects.create(
        kind="overview", title_nb="Alt", slug_nb="alt", lead_nb="Her.", title_en="All", slug_en="a"
    )
    assert save_draft(page, by=None).head["languages"] == ["nb"]
    page.kind = Page.Kind.ARTICLE
    page.save()
    assert save_draft(page, by=None).head["languages"] == []


def test_an_article_leads_back_to_its_overview_in_its_own_language(client, overview):
    factories.live("under", parent=overview)
    for address, target in (("/under-nb/", "/artikler-nb/"), ("/en/under-en/", "/en/artikler-en/")):
        text = client.get(address).text
        assert f'<p class="back-link"><a href="{target}">' in text


def test_there_is_no_way_back_to_what_is_not_there(client, overview):
    factories.live("under", parent=overview)
    factories.live("alene")
    assert "back-link" not in client.get("/alene-nb/").text
    take_down(overview)
    assert "back-link" not in client.get("/under-nb/").text


def test_the_way_back_never_skips_a_level(client, overview):
    middle = factories.live("mellom", parent=overview, languages=("nb",))
    factories.live("under", parent=middle)
    assert 'class="back-link"><a href="/mellom-nb/"' in client.get("/under-nb/").text
    assert "back-link" not in client.get("/en/under-en/").text


def test_a_page_moved_to_another_overview_moves_when_it_is_published(overview):
    other = factories.live("annet", kind=Page.Kind.OVERVIEW)
    page = factories.live("under", parent=overview)
    page.parent = other
    page.save()
    draft = save_draft(page, by=None)
    assert (children(overview), children(other)) == (["under nb"], [])
    publish(draft, by=None)
    assert (children(overview), children(other)) == ([], ["under nb"])
