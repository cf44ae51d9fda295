"""A copy says what the page says, leaves out what needs a server, and leads to other copies."""

import os
import posixpath
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import html5lib
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import take_down_at
from pages.models import ClaimBlock, EventBlock, FigureBlock, Notice, Page
from pages.pictures import library
from tests import factories
from tests.mestring.emergency.conftest import without_search, words_of
from tests.picture_files import as_file, drawn

pytestmark = pytest.mark.plain
OSLO = ZoneInfo("Europe/Oslo")
CONTACT = {"kontakt", "kontakt/pasient", "kontakt/parorende", "kontakt/henviser", "kontakt/svar"}


def test_every_live_page_is_copied_in_each_of_its_languages_and_no_draft(copies):
    factories.draft("utkast")
    factories.live("norsk", languages=("nb",))
    assert copies.keep()
    pages = copies.pages()
    assert {".", "nn", "en", "avrusning-nb", "nn/avrusning-nn", "en/avrusning-en", "norsk-nb"} <= pages
    assert pages >= CONTACT
    assert not any("utkast" in name or name == "en/norsk-en" for name in pages)


def test_no_page_can_have_the_name_of_the_edition_s_own_files(copies):
    copies.keep()
    own = {path.name for path in copies.root.iterdir()} - {name.split("/")[0] for name in copies.pages()}
    assert len(own) == 3
    for name in own:
        with pytest.raises(ValidationError):
            Page._meta.get_field("slug_nb").run_validators(name)


def test_a_copy_has_the_words_of_the_page_and_says_when_it_was_made(copies, client):
    with time_machine.travel(datetime(2027, 11, 30, 18, 40, tzinfo=OSLO), tick=False):
        copies.keep()
        live = words_of(without_search(client.get("/avrusning-nb/").text))
    line = "Nettstedet er nede akkurat nå. Dette er en kopi fra 30. november 2027 kl. 18.40. Ring 35 01 95 00 . "
    said = copies.words("avrusning-nb").replace("\u00a0", " ")
    assert line in said
    assert said.replace(line, "") == live.replace("\u00a0", " ")
    assert "noindex" in copies.html("avrusning-nb")
    assert "This is a copy from 6:40 p.m. on 30 November 2027." in copies.words("en/avrusning-en")


def test_a_form_is_replaced_by_a_table_of_numbers_with_their_hours(copies, client):
    factories.Helpline.objects.filter(number="113").update(hours_nb="Hele døgnet")
    copies.keep()
    for name in CONTACT:
        html = copies.html(name)
        for tag in ("<form", "<input", "<textarea", "<button"):
            assert tag not in html, (name, tag)
        assert "Ring" in copies.words(name)
    rows = html5lib.parse(copies.html("kontakt/pasient"), namespaceHTMLElements=False).findall(".//tbody/tr")
    assert ["Nødtelefon", "113", "Hele døgnet"] in [["".join(cell.itertext()) for cell in row] for row in rows]


def test_links_lead_to_files_that_are_there_and_no_address_asks_for_a_server(copies, settings, editor):
    settings.MEDIA_ROOT = copies.root.parent / "media"
    page = factories.draft("bilde", body='<p><a href="contact:relative">Skriv</a></p>')
    picture = library.add(as_file(drawn(480, 120)), name="Tunet", credit="Kari", by=editor)
    FigureBlock.objects.create(parent=page, region="main", ordering=20, picture=picture, decorative=True)
    publish(save_draft(page, by=None), by=None)
    copies.keep()
    seen = set()
    for name in copies.pages():
        for element in html5lib.parse(copies.html(name), namespaceHTMLElements=False).iter():
            link = element.get("href") or element.get("src") or ""
            assert not element.get("srcset")
            if link and not link.startswith(("https://", "tel:", "#")):
                target = posixpath.normpath(posixpath.join(name, link.partition("#")[0]))
                assert not link.startswith("/"), link
                assert (copies.root / target).is_file(), (name, link)
                seen.add(target)
    assert {"index.html", "kontakt/parorende/index.html", "emergency.files/static/css/site.css"} <= seen
    assert any(target.endswith(".jpg") for target in seen)


def test_styles_bring_what_they_name(copies):
    copies.keep()
    static = copies.root / "emergency.files" / "static"
    assert (static / "css" / "tokens.css").is_file()
    assert (static / "fonts" / "hanken-grotesk.woff2").is_file()


def test_what_ends_says_when_because_the_copy_may_be_read_later(copies):
    page = factories.draft("tysnes")
    soon = datetime(2027, 3, 1, 16, tzinfo=OSLO)
    claim = factories.claim(valid_until=soon.date())
    ClaimBlock.objects.create(parent=page, region="main", ordering=20, claim=claim)
    EventBlock.objects.create(parent=page, region="main", ordering=30, event=factories.event())
    with time_machine.travel(soon - timedelta(hours=2), tick=False):
        publish(save_draft(page, by=None), by=None)
        take_down_at(page, soon)
        starts = timezone.now() - timedelta(hours=1)
        Notice.objects.create(text_nb="Telefonen er nede.", starts_at=starts, ends_at=soon)
        copies.keep()
    words = copies.words("tysnes-nb")
    assert "kl. 14.00. Det gjelder til 1. mars 2027 kl. 16.00. Ring" in words
    assert "Telefonen er nede. Det gjelder til 1. mars 2027 kl. 16.00." in words
    assert "Gjelder til og med 1. mars 2027" in words
    assert ".ics" not in copies.html("tysnes-nb")


def test_the_web_server_s_user_can_read_the_copies_whatever_this_program_s_own_files_are(copies):
    before = os.umask(0o077)
    try:
        copies.keep()
    finally:
        os.umask(before)
    for path in [copies.root, *copies.root.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path
