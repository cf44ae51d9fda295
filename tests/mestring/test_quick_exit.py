"""Every page has a way out: a plain link that needs no script, tells no other site and promises nothing."""

import re
import shutil
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from mestring.views import body_too_large, server_error, unavailable
from pages.starter.loader import FACTS, FOLDER, load
from tests import factories

pytestmark = pytest.mark.django_db
WAY_OUT = re.compile(r'<a class="quick-exit" href="https://www\.yr\.no/" rel="noreferrer">(.*?)</a>')


def words(text):
    return re.sub("<[^>]+>", "", unescape(WAY_OUT.search(text)[1]))


@pytest.mark.parametrize("name", ["contact:start", "contact:patient", "contact:relative", "pages:front"])
@pytest.mark.parametrize(
    ("language", "expected"), [("nb", "Forlat siden"), ("nn", "Forlat sida"), ("en", "Leave this site")]
)
def test_it_is_on_pages_and_forms_in_the_readers_language(client, name, language, expected):
    factories.clinic()
    factories.front()
    with translation.override(language):
        answer = client.get(reverse(name), follow=True)
    assert words(answer.text).startswith(expected)
    assert "yr.no" in words(answer.text)
    # The first thing the keyboard reaches after the skip link.
    assert re.findall(r"<a [^>]*?(?:class=\"([\w-]+)\")", answer.text)[:2] == ["skip-link", "quick-exit"]


def test_it_is_on_error_pages(client, rf):
    factories.clinic()
    assert words(client.get("/finnes-ikke/").text).startswith("Forlat siden")
    for page in (server_error, unavailable, body_too_large):
        assert words(page(rf.get("/")).text).startswith("Forlat siden")


def test_the_page_about_hiding_a_visit_calls_it_by_its_name_and_says_where_it_leads(client, tmp_path):
    for file in (FACTS, "hide_visit.toml"):
        shutil.copy(FOLDER / file, tmp_path)
    load(tmp_path)
    for address in ("/skjul-besoket/", "/nn/skjul-besoket/", "/en/hide-your-visit/"):
        text = client.get(address).text
        name = words(text).split(" – ")[0]
        told = text.split("<article")[1]
        assert f"«{name}»" in told or f"“{name}”" in told, address
        assert "yr.no" in told, address
