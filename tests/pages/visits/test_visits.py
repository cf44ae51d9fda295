"""A visit: an address, a live edition, at most three queries, no cookie."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.editions.publishing import publish, save_draft
from pages.models import Edition, Page
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    factories.clinic()
    factories.front()
    return factories.kept_live("avrusning", in_menu=True)


@pytest.mark.parametrize(
    "address", ["/", "/nn/", "/en/", "/avrusning-nb/", "/nn/avrusning-nn/", "/en/avrusning-en/"]
)
def test_a_page_is_shown_in_at_most_three_queries(client, house, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        answer = client.get(address)
    assert answer.status_code == 200


def test_more_pages_do_not_mean_more_queries(client, house, django_assert_max_num_queries):
    for number in range(30):
        factories.live(f"side{number}", in_menu=number < 4, parent=house)
    with django_assert_max_num_queries(3):
        client.get("/side7-nb/")


def test_saving_a_draft_changes_no_public_byte(client, house):
    addresses = ["/", "/avrusning-nb/", "/nn/avrusning-nn/", "/sitemap.xml"]
    before = [client.get(a).content for a in addresses]
    house.title_nb, house.in_menu, house.position, house.slug_nb = "Noe nytt", False, 1, "nytt"
    house.save()
    factories.add_panel(house, title_nb="Et nytt panel")
    save_draft(house, by=None)
    assert [client.get(a).content for a in addresses] == before


def test_publishing_a_text_shows_it_and_leaves_every_other_page_byte_identical(client, house):
    other = factories.live("ettervern")
    before = client.get("/ettervern-nb/").content
    block = house.pages_textblock_set.get()
    block.body_nb = "<p>En ny setning.</p>"
    block.save()
    publish(save_draft(house, by=None), by=None)
    assert "En ny setning." in client.get("/avrusning-nb/").text
    assert client.get("/ettervern-nb/").content == before
    assert other.editions.count() == 1


def test_a_page_missing_in_a_language_offers_the_norwegian_one(client, house):
    page = factories.live("rop", languages=("nb", "nn"))
    edition = page.editions.get()
    assert edition.head["languages"] == ["nb", "nn"]
    page.title_en, page.slug_en = "ROP", "rop-en"
    page.save()
    page.pages_textblock_set.update(body_en="<p>Text.</p>")
    publish(save_draft(page, by=None), by=None)
    page.pages_textblock_set.update(body_en="")
    publish(save_draft(page, by=None), by=None)
    answer = client.get("/en/rop-en/")
    assert answer.status_code == 404
    assert '<a href="/rop-nb/" lang="nb"' in answer.text.replace('hreflang="nb" ', "")


def test_a_page_that_is_only_in_english_is_offered_at_its_bokmal_address(client, house):
    factories.live("guide", languages=("en",))
    answer = client.get("/guide-en/")
    assert answer.status_code == 404
    assert 'på engelsk: <a href="/en/guide-en/" lang="en" hreflang="en">guide en</a>' in answer.text


@pytest.mark.parametrize(("typed", "leads_to"), [
    ("/en/avrusning-nb/", "/en/avrusning-en/"), ("/avrusning-nn/", "/avrusning-nb/"),
    ("/en/kontakt/pasient/", "/en/contact/patient/"), ("/contact/answer/", "/kontakt/svar/"),
    ("/en/sok/", "/en/search/"), ("/nb/avrusning-nb/", "/avrusning-nb/"), ("/nb/", "/"), ("/no/sok/", "/sok/"),
    ("/EN/avrusning-en/", "/en/avrusning-en/"), ("/Nn/", "/nn/"), ("/EN", "/en/"),
    ("/EN//a.example/", "/en/a.example/"),
    ("/nb//a.example/", "/a.example/"), ("/nb/%0D%0Aa:b", "/%0D%0Aa:b"),
])  # fmt: skip
def test_a_language_put_into_an_address_by_hand_leads_to_the_page_in_it(client, house, typed, leads_to):
    answer = client.get(typed)
    assert (answer.status_code, answer.get("Location")) == (301, leads_to)


@pytest.mark.parametrize("address", ["/en/avrusning-nb/mer/", "/en//[/", "/nn/en/", "/en/nn/sok/"])
def test_an_address_that_no_language_has_is_404(client, house, address):
    assert client.get(address).status_code == 404


def test_an_unknown_address_or_language_is_404_with_the_phone(client, house):
    for address in (
        "/finnes-ikke/",
        "/de/",
        "/en/finnes-ikke/",
        "/avrusning-nb/mer/",
        "/%00/",
        "/" + "a" * 3000 + "/",
    ):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "35\u00a001\u00a095\u00a000" in answer.text


def test_a_404_offers_each_languages_front_page(client, house):
    text = client.get("/en/finnes-ikke/").text
    assert 'href="/nn/"' in text
    assert "/nn/finnes-ikke/" not in text


def test_a_visit_sets_no_cookie_and_varies_on_nothing_personal(client, house):
    for address in ("/", "/avrusning-nb/", "/finnes-ikke/", "/kontakt/"):
        answer = client.get(address)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert "Accept-Language" not in answer.get("Vary", "")


def test_an_answer_is_fresh_for_at_most_a_minute(client, house):
    answer = client.get("/avrusning-nb/")
    assert timedelta(0) < answer.fresh_until - timezone.now() <= timedelta(seconds=60)
    said = set(answer["Cache-Control"].split(", "))
    assert said - {f"max-age={seconds}" for seconds in range(61)} == {"public", "stale-if-error=600"}


def test_an_answer_is_fresh_no_longer_than_until_the_next_edition_starts(client, house):
    soon = timezone.now() + timedelta(seconds=20)
    publish(save_draft(house, by=None), by=None, now=soon)
    for address in ("/", "/avrusning-nb/", "/sitemap.xml", "/robots.txt"):
        assert client.get(address).fresh_until == soon, address


def test_an_answer_is_fresh_no_longer_than_until_something_ends(client, house):
    soon = timezone.now() + timedelta(seconds=20)
    Edition.objects.filter(page=house).update(live_until=soon)
    assert client.get("/").fresh_until == soon


def test_a_page_carries_no_indentation_and_a_form_keeps_what_was_typed(client, house):
    assert "\n " not in client.get("/avrusning-nb/").text
    assert "<pre" not in client.get("/avrusning-nb/").text
    form = client.get("/kontakt/pasient/")["Location"]
    answer = client.post(form, {"message": "linje\n   innrykk", "email": "@"})
    assert "linje\n   innrykk" in answer.text


def test_only_reading_is_allowed(client, house):
    assert client.post("/avrusning-nb/").status_code == 405
    assert client.head("/avrusning-nb/").status_code == 200


def test_an_internal_link_follows_its_page_and_becomes_text_when_that_is_not_live(client, house):
    target = factories.draft("mal")
    teller = factories.live("teller", body=f'<p>Les <a href="page:{target.pk}">mer her</a> nå.</p>')
    assert "<p>Les mer her nå.</p>" in client.get("/teller-nb/").text
    publish(save_draft(target, by=None), by=None)
    assert '<a href="/mal-nb/">mer her</a>' in client.get("/teller-nb/").text
    assert '<a href="/nn/mal-nn/">mer her</a>' in client.get("/nn/teller-nn/").text
    assert teller.editions.count() == 1


def test_the_sitemap_lists_every_live_page_in_each_of_its_languages(client, house):
    factories.draft("utkast")
    text = client.get("/sitemap.xml").text
    for address in (
        "http://testserver/",
        "http://testserver/nn/avrusning-nn/",
        "http://testserver/en/avrusning-en/",
    ):
        assert f"<loc>{address}</loc>" in text
    assert "utkast" not in text


def test_there_is_only_one_front_page(house):
    page = factories.draft("to", kind=Page.Kind.ARTICLE)
    page.kind = Page.Kind.FRONT
    assert "kind" in str(_validation_errors(page)) or _validation_errors(page)


def _validation_errors(page):
    from django.core.exceptions import ValidationError

    try:
        page.validate_constraints()
    except ValidationError as error:
        return error.messages
    return None
