"""/readyz is red when this machine cannot show pages or store inquiries, and yellow when an operator must look."""

import io
import os
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from contact.keys.first_generation import make_keyring
from contact.keys.key_holders import server_key_file
from contact.models import Grant, Heartbeat
from contact.notifications.heartbeat import EVERY, LATE, beat
from mestring import disk_room
from mestring.readiness.checks import AWAY
from mestring.readiness.this_release import known_migrations
from tests import factories

pytestmark = pytest.mark.django_db
NEWER = ("contact", "9999_of_tomorrow")


def later(wait):
    return time_machine.travel(timezone.now() + wait, tick=False)


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def ready(client):
    """Everything is well; a function that returns the status of /readyz and what it says."""
    beat()

    def asked():
        answer = client.get("/readyz")
        return answer.status_code, answer.text.splitlines()

    assert asked() == (200, ["ready"])
    return asked


def test_without_static_files_it_is_red_and_pages_still_say_whom_to_ring(
    ready, settings, tmp_path, client, built_site
):
    factories.front()
    settings.STATIC_ROOT = built_site / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "mestring.web.stylesheet.BundledStaticFilesStorage"}
    }
    assert ready() == (200, ["ready"])
    settings.STATIC_ROOT = tmp_path
    status, (line,) = ready()
    assert status == 503
    assert line.startswith("red: ")
    assert "collectstatic" in line
    page = client.get("/")
    assert page.status_code == 200
    assert "tel:" in page.text


def test_a_database_that_was_not_migrated_is_red(ready):
    MigrationRecorder.Migration.objects.filter(app="pages").order_by("-pk")[0].delete()
    assert ready() == (503, ["red: the database lacks 1 migrations; run migrate"])


def test_a_database_of_newer_code_is_yellow_as_long_as_this_code_can_use_it(ready):
    MigrationRecorder(connection).record_applied(*NEWER)
    MigrationRecorder(connection).record_applied("of_another_program", "0001_initial")
    execute("ALTER TABLE contact_tombstone ADD COLUMN more integer NOT NULL DEFAULT 0")
    assert ready() == (200, ["ready", "yellow: newer code has migrated the database"])


@pytest.mark.parametrize(
    "columns",
    ["id integer, at timestamp, more integer NOT NULL", 'id integer, "when" timestamp'],
    ids=["a column that this code cannot fill", "a column that is gone"],
)
def test_a_table_of_newer_code_that_takes_no_row_of_ours_is_red(ready, columns):
    MigrationRecorder(connection).record_applied(*NEWER)
    execute("DROP TABLE contact_heartbeat", f"CREATE TABLE contact_heartbeat ({columns})")
    assert ready() == (503, ["red: the table contact_heartbeat is of newer code; put that code back"])


def test_a_database_that_fails_is_red_and_the_process_still_alive(ready, client):
    execute("ALTER TABLE contact_heartbeat RENAME TO away")
    assert ready() == (503, [f"red: {AWAY}"])
    assert client.get("/healthz").text == "ok\n"


def test_a_disk_that_is_nearly_full_is_yellow_and_one_that_is_full_red_where_sqlite_lies_on_it(ready, monkeypatch):
    left, more = disk_room.free_megabytes(), 10**9  # megabytes that no disk has
    monkeypatch.setattr(disk_room, "LITTLE", more)
    status, lines = ready()
    assert (status, lines[0]) == (200, "ready")
    assert re.fullmatch(r"yellow: the disk of DATA_DIR has \d+ MB left", lines[1])
    assert left > disk_room.FULL
    monkeypatch.setattr(disk_room, "FULL", more)
    status, lines = ready()
    assert status == (503 if connection.vendor == "sqlite" else 200)
    assert ("is full" in lines[0]) == (connection.vendor == "sqlite")


def test_a_delivery_process_that_stands_still_or_never_ran_is_yellow(ready):
    silent = (200, ["ready", "yellow: the delivery process does not run"])
    with later(LATE + timedelta(seconds=1)):
        assert ready() == silent
        beat()
        assert ready() == (200, ["ready"])
    Heartbeat.objects.all().delete()
    assert ready() == silent


def test_it_beats_once_a_minute_and_again_when_a_clock_that_ran_ahead_is_put_right(ready):
    first = Heartbeat.objects.get().at
    with later(EVERY / 2):
        beat()
        assert Heartbeat.objects.get().at == first
    with later(timedelta(days=1)):
        beat()
    beat()
    assert timezone.now() - Heartbeat.objects.get().at < EVERY


def test_key_files_that_do_not_fit_are_yellow(ready, settings):
    settings.KEY_DIR.mkdir(exist_ok=True)
    for kind in ("key", "public"):
        (settings.KEY_DIR / f"deliverer.{kind}").write_text("5" * 64)
    assert ready() == (200, ["ready", "yellow: deliverer.key and deliverer.public do not fit, or are cut short"])


@pytest.mark.plain
@pytest.mark.parametrize("content", [None, "", "5a5a5", "5a" * 32], ids=["missing", "empty", "cut", "another"])
def test_a_key_of_the_server_that_opens_nothing_is_yellow_and_no_page_calls_it_an_opener(
    ready, inquiry_client, content
):
    make_keyring()
    demo = "serveren kan selv åpne innboksen"
    assert demo in inquiry_client.get("/admin/contact/inquiry/").text
    server_key_file().unlink()
    if content is not None:
        server_key_file().write_text(content)
    assert ready() == (
        200,
        [
            "ready",
            "yellow: no colleague can open the inbox; a keyholder has to fetch the recovery paper",
            "yellow: server_grant.key is missing, cut short or of another key; the server cannot open the inbox",
        ],
    )
    assert demo not in inquiry_client.get("/admin/contact/inquiry/").text
    said = io.StringIO()
    call_command("inbox", "status", stdout=said, stderr=io.StringIO())
    assert "Serveren kan ikke åpne innboksen: server_grant.key" in said.getvalue()


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "10.0.0.7", "not a host"])
def test_the_machine_s_own_probes_need_no_name_of_the_site(client, settings, host):
    settings.ALLOWED_HOSTS = ["www.example.no"]
    settings.SECURE_SSL_REDIRECT = True
    for path in ("/healthz", "/readyz"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 200
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get("/", headers={"host": host}).status_code in (301, 400)


def test_every_migration_of_this_release_is_known():
    assert ("contact", "0001_initial") in known_migrations()


@pytest.mark.plain
def test_it_is_yellow_and_staff_pages_say_so_when_no_colleague_can_open_the_inbox(
    ready, inquiry_client, editor_client
):
    make_keyring()
    assert ready() == (200, ["ready"])
    Grant.objects.filter(principal="server").delete()
    assert ready() == (
        200,
        ["ready", "yellow: no colleague can open the inbox; a keyholder has to fetch the recovery paper"],
    )
    red = "Ingen kollega kan åpne innboksen lenger"
    for address in ("/admin/", "/admin/contact/inquiry/", "/admin/contact/staffkey/"):
        assert red in inquiry_client.get(address).text
    assert red not in editor_client.get("/admin/").text


def test_an_inquiry_that_could_not_be_stored_is_yellow_until_one_is(ready, client, tmp_path):
    factories.clinic()
    send = {"step": "send", "message": "hei"}
    address = client.get("/kontakt/pasient/", follow=True).redirect_chain[0][0]
    assert client.post(address, send).status_code == 503  # there is no key yet to seal it to
    os.utime(tmp_path / "inquiry-not-stored", (1_789_387_200, 1_789_387_200))  # 2026-09-14 12:00 UTC
    _status, (_ready, said) = ready()
    assert said.startswith("yellow: the inquiry sent at 2026-09-14 14:00 could not be stored")
    make_keyring()
    assert client.post(address, send).status_code == 200
    assert "could not be stored" not in str(ready())
