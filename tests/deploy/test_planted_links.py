"""Root writes where the site's user may write too: an intruder who is that user plants links there first."""

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import pytest

from deploy.debian import layout, services
from deploy.debian.answers import Refused
from deploy.debian.machine import folder
from deploy.debian.upgrades import snapshot, upgrade

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it is root who would follow a link")
SITE = "nobody"  # a user of every machine, in place of the site's


@pytest.fixture
def machine(monkeypatch):
    """The installer's places in a folder of this test's, with a database of one row."""
    place = Path(tempfile.mkdtemp())  # not pytest's folder, which its owner alone enters
    place.chmod(0o711)
    state = place / "state"
    places = {"STATE": state, "DATA": state / "data", "SNAPSHOTS": state / "snapshots"}
    for name, path in places.items():
        monkeypatch.setattr(layout, name, path)
    monkeypatch.setattr(layout, "PAUSE", layout.DATA / "writes-are-paused")
    monkeypatch.setattr(snapshot, "FILE", layout.DATA / "site.sqlite3")
    group = pwd.getpwnam(SITE).pw_gid
    monkeypatch.setattr("deploy.debian.machine._own", lambda path, owner: _give(path, owner, group))
    monkeypatch.setattr(layout, "USER", SITE)
    monkeypatch.setattr(services, "run", lambda *_command, **_more: "")  # there is no service manager
    folder(layout.STATE, mode=0o711)
    folder(layout.DATA, owner=SITE, mode=0o700)
    with closing(sqlite3.connect(snapshot.FILE)) as database:
        database.executescript("CREATE TABLE told (words); INSERT INTO told VALUES ('before')")
    shutil.chown(snapshot.FILE, SITE)
    (place / "root").mkdir(mode=0o700)
    yield place
    shutil.rmtree(place)


def _give(path, owner, group):
    os.chown(path, pwd.getpwnam(owner).pw_uid, group if owner == SITE else 0)


def plant(link, target):
    """Make a link as the intruder can, who has the rights of the site's user."""
    subprocess.run(["ln", "-s", target, link], user=SITE, check=True)


def test_the_pause_is_written_through_no_link(machine):
    secret = machine / "root" / "file"
    secret.write_text("root's own")
    for name in (".writes-are-paused.new", "writes-are-paused"):
        plant(layout.DATA / name, secret)
    with suppress(Refused):  # whether it is refused or made in the link's place, what it leads to is not touched
        upgrade.hold_writes()
    assert secret.read_text() == "root's own"
    assert secret.stat().st_uid == 0


def test_a_pause_without_links_is_there_for_the_site_s_user(machine):
    upgrade.hold_writes()
    assert layout.PAUSE.stat().st_uid == pwd.getpwnam(SITE).pw_uid
    assert layout.PAUSE.stat().st_mode & 0o777 == 0o600


def test_a_snapshot_is_taken_and_put_back_through_no_link(machine, monkeypatch):
    shutil.rmtree(layout.SNAPSHOTS, ignore_errors=True)
    copy = snapshot.take_snapshot("sqlite")
    monkeypatch.setattr(snapshot.time, "strftime", lambda _form: "2027-01-01T000000")
    planted = machine / "root" / "made-by-root"
    plant(copy.with_name("2027-01-01T000000"), planted)
    with pytest.raises(Refused):
        snapshot.take_snapshot("sqlite")
    assert not planted.exists()
    secret = machine / "root" / "file"
    secret.write_text("root's own")
    plant(snapshot.FILE.with_suffix(".putting-back"), secret)
    snapshot.put_back(copy, "sqlite")
    assert secret.read_text() == "root's own"
    assert secret.stat().st_uid == 0
    assert not snapshot.FILE.is_symlink()


def test_a_database_that_is_a_link_shows_nothing_of_root_s(machine):
    other = machine / "root" / "other.sqlite3"
    snapshot.FILE.rename(other)
    plant(snapshot.FILE, other)
    with pytest.raises(Refused):
        snapshot.take_snapshot("sqlite")


def test_a_snapshot_is_what_the_database_was_and_its_owner_s_alone(machine):
    copy = snapshot.take_snapshot("sqlite")
    with closing(sqlite3.connect(snapshot.FILE)) as database:
        database.executescript("DELETE FROM told")
    snapshot.put_back(copy, "sqlite")
    for file in (copy, snapshot.FILE):
        assert file.stat().st_uid == pwd.getpwnam(SITE).pw_uid
        assert file.stat().st_mode & 0o777 == 0o600
        with closing(sqlite3.connect(file)) as database:
            assert database.execute("SELECT words FROM told").fetchall() == [("before",)]


def test_a_snapshot_that_cannot_be_taken_lets_the_old_release_write_again(machine, monkeypatch):
    old = machine / "old"
    monkeypatch.setattr(upgrade.release, "current", lambda: old)
    monkeypatch.setattr(upgrade.release, "switch_to", lambda _release: None)
    monkeypatch.setattr(upgrade, "manage", lambda *_arguments, **_more: "")
    layout.SNAPSHOTS.write_text("a file where the folder should be")  # as a full disk: no folder is made
    with pytest.raises(Refused, match="the old one does again"):
        upgrade.upgrade(machine / "new", upgrade.Site("www.klinikken.no", "sqlite", {}))
    assert not layout.PAUSE.exists()
