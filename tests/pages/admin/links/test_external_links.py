"""The report of links out of the website."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.editions.publishing import save_draft
from pages.models import LinkCheck, Page
from tests.cast import logged_in
from tests.factories import claim, draft, live

pytestmark = pytest.mark.django_db
REPORT = "/admin/pages/page/links/"


def link(address):
    return f'<p><a href="{address}">Les mer om avhengighet</a></p>'


def checked(address, **result):
    return LinkCheck.objects.create(address=address, checked_at=timezone.now() - timedelta(days=2), **result)


def lines(client, **query):
    return {link.address: link for link in client.get(REPORT, query).context["links"]}


def test_each_address_stands_once_with_all_pages_that_name_it(editor_client):
    for slug in ("en", "to"):
        live(slug, body=link("https://a.no"))
    found = lines(editor_client)
    assert list(found) == ["https://a.no"]
    assert [str(page) for page, _live in found["https://a.no"].pages] == ["en nb", "to nb"]
    answer = editor_client.get(REPORT)
    assert answer.text.count(">https://a.no<") == 1
    for page in Page.objects.all():
        assert reverse("admin:pages_page_change", args=[page.pk]) in answer.text


def test_a_draft_is_told_from_what_visitors_see(editor_client):
    live("en", body=link("https://a.no"))
    save_draft(draft("to", body=link("https://b.no")), by=None)
    found = lines(editor_client)
    assert [is_live for _page, is_live in found["https://a.no"].pages] == [True]
    assert [is_live for _page, is_live in found["https://b.no"].pages] == [False]


def test_a_claim_is_named_with_its_form(editor_client):
    made = claim(source_url="https://kilde.no")
    assert reverse("admin:pages_claim_change", args=[made.pk]) in editor_client.get(REPORT).text


def test_what_came_of_the_last_check_is_said_in_words_and_what_is_broken_comes_first(editor_client):
    live(body="".join(map(link, ["https://a.no", "https://b.no", "https://c.no", "https://d.no", "http://e.no"])))
    checked("https://a.no", status=200, ok=True)
    checked("https://b.no", status=404, ok=False)
    checked("https://c.no", fault="certificate", ok=False)
    checked("https://d.no", status=403)
    assert list(lines(editor_client)) == [
        "https://b.no", "https://c.no", "https://d.no", "http://e.no", "https://a.no",
    ]  # fmt: skip
    text = editor_client.get(REPORT).text
    for words in (
        "Virker",
        "Siden finnes ikke lenger",
        "(404)",
        "sertifikat",
        "se selv",
        "begynner ikke med https://",
    ):
        assert words in text, words
    assert 'href="http://e.no"' not in text


def test_broken_ones_can_be_shown_alone(editor_client):
    live(body=link("https://a.no") + link("https://b.no"))
    checked("https://b.no", fault="unknown", ok=False)
    assert list(lines(editor_client, show="broken")) == ["https://b.no"]
    assert list(lines(editor_client, show="unasked")) == ["https://a.no"]
    assert list(lines(editor_client, show="nothing-like-that")) == ["https://b.no", "https://a.no"]


def test_a_page_of_the_report_has_fifty_addresses(editor_client):
    live(body="".join(link(f"https://a.no/{number}") for number in range(60)))
    assert (len(lines(editor_client)), len(lines(editor_client, p=2))) == (50, 10)
    assert editor_client.get(REPORT, {"p": "x"}).status_code == 200


def test_the_report_asks_as_many_questions_for_many_pages_as_for_two(editor):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert logged_in(User.objects.get(pk=editor.pk)).get(REPORT).status_code == 200
        return len(asked)

    for number in range(2):
        live(f"side-{number}", body=link(f"https://a.no/{number}"))
    claim(source_url="https://kilde.no")
    checked("https://a.no/1", status=404, ok=False)
    questions()
    few = questions()
    for number in range(2, 8):
        live(f"side-{number}", body=link(f"https://a.no/{number}") + link("https://a.no/1"))
        checked(f"https://a.no/{number}", status=404, ok=False)
        claim(source_url=f"https://kilde.no/{number}")
    assert questions() <= few  # fewer where no claim stands on the first part of the list


def test_the_report_says_whether_links_are_checked(editor_client, settings):
    assert "ikke kontrollert av seg selv" in editor_client.get(REPORT).text
    settings.CHECK_LINKS = True
    assert "ikke kontrollert av seg selv" not in editor_client.get(REPORT).text


@pytest.mark.parametrize("name", ["inquiry_client", "roleless_client", "client"])
def test_only_who_may_see_pages_sees_the_report(request, roleless, name):
    client = logged_in(roleless) if name == "roleless_client" else request.getfixturevalue(name)
    assert client.get(REPORT).status_code in (302, 403)


def test_the_list_of_pages_leads_there(editor_client):
    assert REPORT in editor_client.get("/admin/pages/page/").text
