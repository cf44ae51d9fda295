"""load_starter writes what staff have not touched, and never anything else."""

import re
import shutil

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.editions.publishing import save_draft
from pages.live.tree import LiveTree
from pages.models import BLOCKS, Clinic, Page, StarterRecord
from pages.starter.loader import FOLDER, load

pytestmark = pytest.mark.django_db
ADDRESSES = ["/", "/avrusning/", "/nn/avrusing/", "/en/detox/"]


def test_a_starter_page_says_whom_it_is_for(client):
    load()
    detox = Page.objects.get(slug_nb="avrusning")
    assert detox.audience == "patient"
    assert "Mer for deg som trenger hjelp" in client.get("/avrusning/").text


def test_every_starter_page_answers_in_three_languages_in_at_most_three_queries(client):
    load()
    tree = LiveTree.read(at=timezone.now())
    addresses = {node.url(language) for node in tree.nodes.values() for language in ("nb", "nn", "en")}
    assert len(addresses) == 3 * 25
    assert set(re.findall(r"<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").text)) < addresses
    queries = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, follow=True).status_code == 200, address
        queries[address] = len(asked)
    assert {address: count for address, count in queries.items() if count > 3} == {}


def test_loading_twice_changes_nothing(client):
    load()
    before = [client.get(a).content for a in ADDRESSES]
    assert load() == []
    assert [client.get(a).content for a in ADDRESSES] == before
    assert Clinic.objects.count() == 1


def test_the_history_says_where_a_starter_page_comes_from(editor_client):
    load()
    page = Page.objects.get(kind="front")
    assert page.editions.get().note == "Fra startinnholdet"
    shown = editor_client.get(f"/admin/pages/page/{page.pk}/history/")
    assert [entry.who for entry in shown.context["entries"]] == ["Fra startinnholdet"]
    assert shown.text.count("Fra startinnholdet") == 1


def test_a_page_that_staff_saved_is_never_overwritten(editor, tmp_path):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    load(tmp_path)
    page = StarterRecord.objects.get(key="detox").page
    page.title_nb = "Vår egen tittel"
    page.save()
    save_draft(page, by=editor)
    file = tmp_path / "detox.toml"
    file.write_text(file.read_text().replace("Slik foregår avrusning", "Ny tittel fra oss"))
    assert load(tmp_path) == []
    page.refresh_from_db()
    assert page.title_nb == "Vår egen tittel"


def test_a_page_nobody_touched_takes_a_newer_text(client, tmp_path):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    load(tmp_path)
    file = tmp_path / "detox.toml"
    file.write_text(file.read_text().replace("Slik foregår avrusning", "Avrusning, steg for steg"))
    assert load(tmp_path) == ["detox"]
    assert "Avrusning, steg for steg" in client.get("/avrusning/").text


def test_a_page_that_staff_deleted_does_not_come_back(client):
    load()
    StarterRecord.objects.get(key="relapse").page.delete()
    assert load() == []
    assert client.get("/unnga-tilbakefall/").status_code == 404


def test_a_changed_phone_number_is_kept():
    load()
    Clinic.objects.update(phone="+4722222222")
    load()
    assert Clinic.objects.get().phone == "+4722222222"


def test_the_command_says_what_it_wrote(capsys):
    call_command("load_starter")
    assert "detox" in capsys.readouterr().out


def test_no_starter_text_calls_people_by_their_illness_or_promises_a_cure():
    load()
    for page in Page.objects.all():
        words = str(page.editions.latest("pk").body).lower()
        for word in ("misbruker", "rusmisbruk", "garantert", "alle lykkes", "blir frisk av"):
            assert word not in words, (page, word)
        assert "narkoman" not in words.replace("anonyme narkomane", "").replace("anonyme narkomane", "")


def test_every_starter_block_keeps_the_rules_that_staff_must_keep():
    load()
    for model in BLOCKS:
        for block in model.objects.all():
            block.full_clean()


def test_the_menu_has_at_most_five_entries_and_the_footer_leads_to_privacy(client):
    load()
    tree = LiveTree.read(at=timezone.now())
    for language in ("nb", "nn", "en"):
        assert len(tree.menu(language)) <= 5
    assert 'href="/personvern/"' in client.get("/").text
