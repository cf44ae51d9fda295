"""Editions of every format ever written stay readable for ever. The fixtures are never changed."""

import json
import re
from pathlib import Path

import pytest
from django.utils import timezone

from pages.live.tree import LiveTree
from pages.models import Address, Edition
from pages.rendering.page import render_edition
from tests import factories

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parent.parent / "fixtures"
FORMAT_1 = json.loads((FIXTURES / "edition-v1.json").read_text(encoding="utf-8"))
LANGUAGES = ("nb", "nn", "en")
ADDRESSES = {"nb": "/avrusning/", "nn": "/nn/avrusing/", "en": "/en/detox/"}


@pytest.fixture
def edition():
    """The stored edition of the fixture, live, with the page its links lead to."""
    factories.clinic()
    factories.front()
    slugs = {"slug_nb": "ettervern", "slug_nn": "ettervern", "slug_en": "aftercare"}
    factories.live(pk=7, **slugs, title_nb="Ettervern", title_nn="Ettervern", title_en="Aftercare")
    page = factories.draft(pk=8)
    for language, path in FORMAT_1["head"]["slug"].items():
        Address.objects.create(page=page, language=language, path=path)
    return Edition.objects.create(
        page=page,
        format=FORMAT_1["format"],
        head=FORMAT_1["head"],
        body=FORMAT_1["body"],
        live_from=timezone.now(),
    )


def without_ids(text):
    return re.sub(r' id="[^"]*"', "", str(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_format_1_says_what_it_said_when_it_was_written(edition, language):
    expected = FORMAT_1["rendered"][language]
    page = render_edition(edition, factories.moment(language))
    assert (page.title, page.lead, page.description) == (
        expected["title"], expected["lead"], expected["description"]
    )  # fmt: skip
    assert [heading.text for heading in page.headings] == expected["headings"]
    assert len(page.blocks) == len(expected["blocks"])
    for block, wanted in zip(page.blocks, expected["blocks"], strict=True):
        assert {name: without_ids(block[name]) for name in wanted} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_format_1_is_shown_to_visitors_with_every_text(client, edition, language):
    answer = client.get(ADDRESSES[language])
    assert answer.status_code == 200
    shown = without_ids(answer.text)
    expected = FORMAT_1["rendered"][language]
    said = [text for block in expected["blocks"] for name, text in block.items() if name not in NOT_TEXT]
    for text in [expected["title"], expected["lead"], *said]:
        assert text in shown


NOT_TEXT = {"type", "level", "audience", "link"}


def test_format_1_has_its_place_in_the_menu_and_the_path_and_none_in_the_footer(client, edition):
    tree = LiveTree.read(at=timezone.now())
    assert [link.title for link in tree.menu("nb")] == ["Avrusning"]
    assert [link.url for link in tree.trail(8, "nb")] == ["/", "/ettervern/"]
    assert [link.page_id for link in tree.children(7, "en")] == [8]
    assert tree.footer("nb") == []


FIGURES = json.loads((FIXTURES / "edition-v1-figure.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_format_1_with_figures_shows_what_it_showed_when_it_was_written(client, language):
    factories.clinic()
    factories.front()
    page = factories.draft(pk=9)
    for code, path in FIGURES["head"]["slug"].items():
        Address.objects.create(page=page, language=code, path=path)
    stored = {name: FIGURES[name] for name in ("format", "head", "body")}
    Edition.objects.create(page=page, live_from=timezone.now(), **stored)
    prefix = "" if language == "nb" else f"/{language}"
    text = client.get(f"{prefix}/{FIGURES['head']['slug'][language]}/").text
    for words in FIGURES["shown"][language]:
        assert words in text
    for words in FIGURES["not_shown"][language]:
        assert words not in text
