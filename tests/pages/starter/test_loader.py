"""load_starter writes what staff have not touched, and never anything else."""

import re
import shutil
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.editions import deletion
from pages.editions.publishing import publish, save_draft, take_down
from pages.live.tree import LiveTree
from pages.models import BLOCKS, Clinic, Event, Helpline, Page, StarterRecord
from pages.starter.loader import FOLDER, load
from pages.tree.moving import move, set_menu
from tests import factories, kept_rows

pytestmark = pytest.mark.django_db
ADDRESSES = ["/behandling/", "/avrusning/", "/nn/avrusing/", "/en/detox/"]


@pytest.fixture
def folder(tmp_path):
    """A folder with a few of the starter pages: loading a page takes time, and which it is does not matter."""
    for name in ("clinic", "front", "treatment", "detox"):
        shutil.copy(FOLDER / f"{name}.toml", tmp_path)
    return tmp_path


def test_a_starter_page_says_whom_it_is_for(client, folder):
    shutil.copy(FOLDER / "relapse.toml", folder)  # for the same readers
    load(folder)
    detox = Page.objects.get(slug_nb="avrusning")
    assert detox.audience == "patient"
    assert "Mer for deg som trenger hjelp" in client.get("/avrusning/").text


def test_every_starter_page_answers_in_three_languages_in_at_most_three_queries(client):
    kept_rows.starter_pages()
    tree = LiveTree.read(at=timezone.now())
    addresses = {node.url(language) for node in tree.nodes.values() for language in ("nb", "nn", "en")}
    assert len(addresses) == 3 * 26
    assert set(re.findall(r"<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").text)) < addresses
    queries = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, follow=True).status_code == 200, address
        queries[address] = len(asked)
    assert {address: count for address, count in queries.items() if count > 3} == {}


@pytest.fixture
def loaded(folder):
    """The same folder, and its pages in the database."""
    kept_rows.put("a few starter pages", lambda: load(folder))
    return folder


def test_loading_twice_changes_nothing(client, loaded):
    before = [client.get(a).content for a in ADDRESSES]
    assert load(loaded) == []
    assert [client.get(a).content for a in ADDRESSES] == before
    assert Clinic.objects.count() == 1


def test_the_history_says_where_a_starter_page_comes_from(editor_client, loaded):
    page = Page.objects.get(kind="front")
    assert page.editions.get().note == "Fra startinnholdet"
    shown = editor_client.get(f"/admin/pages/page/{page.pk}/history/")
    assert [entry.who for entry in shown.context["entries"]] == ["Fra startinnholdet"]
    assert shown.text.count("Fra startinnholdet") == 1


@pytest.fixture
def upgrade(loaded):
    """A site of three pages; called, it loads a release with a new title of `detox`; returns what was told."""
    file = loaded / "detox.toml"

    def to_the_next_release(**files):
        file.write_text(file.read_text().replace("Slik foregår avrusning", "Avrusning, steg for steg"))
        for name, text in files.items():
            (loaded / f"{name}.toml").write_text(text)
        told = []
        return load(loaded, tell=told.append), told

    return to_the_next_release


def detox():
    return StarterRecord.objects.get(key="detox").page


def save_and_delete_the_account(editor):
    page = detox()
    page.title_nb = "Vi har flyttet"
    page.save()
    publish(save_draft(page, by=editor), by=editor)
    editor.delete()


DECISIONS = {
    "saved": lambda editor: save_draft(detox(), by=editor),
    "published by a colleague whose account is deleted": save_and_delete_the_account,
    "taken down": lambda editor: take_down(detox()),
    "deleted": lambda editor: deletion.delete(detox(), by=editor),
    "deleted and brought back": lambda editor: (deletion.delete(detox(), by=editor), deletion.recover(detox())),
    "moved": lambda editor: move(detox(), parent=None, by=editor),
    "put into the menu": lambda editor: set_menu(detox(), shown=True, by=editor),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_what_an_editor_has_decided_about_a_page_is_never_undone(client, editor, upgrade, decision):
    DECISIONS[decision](editor)
    before, page = client.get("/avrusning/"), Page.objects.values().get(pk=detox().pk)
    editions = detox().editions.count()
    assert upgrade() == ([], [])
    after = client.get("/avrusning/")
    assert (after.status_code, after.content) == (before.status_code, before.content)
    assert (Page.objects.values().get(pk=detox().pk), detox().editions.count()) == (page, editions)


def test_a_page_nobody_touched_takes_a_newer_text_in_the_demo_and_keeps_its_place(client, upgrade):
    Page.objects.filter(pk=detox().pk).update(position=7)  # as when an editor moves a neighbour
    assert upgrade() == (["detox"], [])
    assert "Avrusning, steg for steg" in client.get("/avrusning/").text
    assert detox().position == 7


def test_on_a_live_site_a_newer_text_and_a_new_page_wait_as_drafts(client, settings, upgrade):
    settings.MODE = "live"
    before = client.get("/avrusning/").text
    written, told = upgrade(new=(FOLDER / "rop.toml").read_text().replace('"rop', '"helt-ny'))
    assert written == ["detox", "new"]
    newer, new = told
    assert "nyere starttekst" in newer
    assert "ny side" in new
    assert client.get("/avrusning/").text == before
    assert "steg for steg" in detox().title_nb
    assert [one.live_from for one in StarterRecord.objects.get(key="new").page.editions.all()] == [None]
    assert upgrade() == ([], [])


def test_a_new_page_at_an_address_of_the_editors_is_a_draft_and_stops_no_other(client, upgrade):
    factories.live("samtalegruppe", body="<p>Vår egen gruppe</p>")
    text = (FOLDER / "rop.toml").read_text()
    slug = text.split("[slug]")[1].split('nb = "')[1].split('"')[0]
    written, told = upgrade(new=text.replace(f'nb = "{slug}"', 'nb = "samtalegruppe-nb"'))
    assert written == ["detox", "new"]
    assert [line for line in told if "samtalegruppe" in line] == told != []
    assert "Vår egen gruppe" in client.get("/samtalegruppe-nb/").text


def test_the_upgrade_gives_the_loader_only_the_pages_that_it_alone_has_ever_saved(editor, upgrade):
    """What stood in the database before the loader noted its edition: the author, which an account takes along."""
    save_and_delete_the_account(editor)
    take_down(StarterRecord.objects.get(key="treatment").page)
    StarterRecord.objects.update(edition=None, shown_from=None)
    import_module("pages.migrations.0018_starter_edition").find_editions(apps, None)
    front = StarterRecord.objects.get(key="front")
    assert not front.belongs_to_editors(at=timezone.now())
    assert list(StarterRecord.objects.exclude(edition=None)) == [front]


def test_facts_that_staff_deleted_do_not_come_back(upgrade):
    Event.objects.all().delete()
    Helpline.objects.all().delete()
    upgrade()
    assert (Event.objects.count(), Helpline.objects.count()) == (0, 0)


def test_a_second_front_page_is_never_made(upgrade):
    StarterRecord.objects.filter(key="front").delete()
    _written, told = upgrade()
    assert Page.objects.filter(kind="front").count() == 1
    assert len([line for line in told if line.startswith("front")]) == 1


def test_a_changed_phone_number_is_kept(loaded):
    Clinic.objects.update(phone="+4722222222")
    load(loaded)
    assert Clinic.objects.get().phone == "+4722222222"


def test_no_starter_text_calls_people_by_their_illness_or_promises_a_cure():
    for file in FOLDER.glob("*.toml"):
        words = file.read_text(encoding="utf-8").lower()
        for word in ("misbruker", "rusmisbruk", "garantert", "alle lykkes", "blir frisk av"):
            assert word not in words, (file.name, word)
        assert "narkoman" not in words.replace("anonyme narkomane", ""), file.name


def test_the_command_loads_blocks_that_keep_the_rules_staff_must_keep_and_says_what_it_wrote(capsys):
    call_command("load_starter")
    assert set(re.findall(r"\w+", capsys.readouterr().out)) >= {"detox", "front", "relapse"}
    for model in BLOCKS:
        for block in model.objects.all():
            block.full_clean()


def test_the_menu_has_at_most_five_entries_and_the_footer_leads_to_privacy(client):
    kept_rows.starter_pages()
    tree = LiveTree.read(at=timezone.now())
    for language in ("nb", "nn", "en"):
        assert len(tree.menu(language)) <= 5
    assert 'href="/personvern/"' in client.get("/").text
