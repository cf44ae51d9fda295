"""Pictures on a larger disk are in the backup, and a full disk leaves nothing behind and is called a full disk."""

import resource
from contextlib import contextmanager

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connections

from contact.crypto.site_signature import signer
from mestring.backup import writing
from mestring.backup.picture_files import empty, picture_files
from mestring.backup.restoring import NotEmpty, restore, unpack
from pages.models import Picture

pytestmark = pytest.mark.django_db(transaction=True)  # SQLite copies no file in the middle of a write
MEGABYTE = 1_000_000


@pytest.fixture
def offline(settings, tmp_path):
    """The offline key: itself and its file; its public half is set."""
    key = X25519PrivateKey.generate()
    settings.BACKUP_KEY = key.public_key().public_bytes_raw().hex()
    (tmp_path / "offline.key").write_text(key.private_bytes_raw().hex())
    return key, tmp_path / "offline.key"


@pytest.fixture
def larger_disk(settings, tmp_path):
    """Picture folders that are links to another disk, one of them in a circle."""
    disk = tmp_path / "disk"
    for name in ("pictures", "originals"):
        (disk / name / "abc").mkdir(parents=True)
        (disk / name / "abc" / "a.webp").write_bytes(name.encode())
        settings.MEDIA_ROOT.mkdir(exist_ok=True)
        (settings.MEDIA_ROOT / name).symlink_to(disk / name)
    (disk / "pictures" / "round").symlink_to(disk / "pictures")
    return disk


@contextmanager
def no_file_longer_than(size):
    """A disk without room: each file ends at this length. Python lets the write fail with EFBIG."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_key_that_an_editor_of_windows_saved_still_opens(offline, tmp_path, capsys):
    call_command("backup", tmp_path / "a.backup")
    key = offline[1]
    key.write_text(f"\ufeff{key.read_text()}\r\n", encoding="utf-8")
    capsys.readouterr()
    call_command("restore", tmp_path / "a.backup", key=key, unsigned=True, check=True)
    assert "Rader: " in capsys.readouterr().out


def test_pictures_behind_links_are_in_the_backup_and_count_as_a_used_site(larger_disk, offline, tmp_path, capsys):
    call_command("backup", tmp_path / "a.backup")
    assert "Bilder: 2." in capsys.readouterr().out
    (tmp_path / "out").mkdir()
    manifest = unpack(tmp_path / "a.backup", offline[0], tmp_path / "out", signer())
    pictures = [name for name in manifest["files"] if name.startswith("media/")]
    assert pictures == ["media/originals/abc/a.webp", "media/pictures/abc/a.webp"]
    with pytest.raises(NotEmpty):
        restore(tmp_path / "a.backup", offline[0], None, None)


def test_a_link_to_a_disk_that_is_not_there_is_named_and_nothing_is_written(larger_disk, offline, tmp_path):
    larger_disk.rename(tmp_path / "unmounted")
    with pytest.raises(CommandError, match=r"media/(pictures|originals): No such file"):
        call_command("backup", tmp_path / "a.backup")
    assert not (tmp_path / "a.backup").exists()


def test_pictures_that_visitors_see_and_that_have_no_file_are_counted(larger_disk, offline, tmp_path):
    for key in ("abc", "def", "ghi"):
        Picture.objects.create(key=key, name=key, width=1, height=1)
    with pytest.raises(CommandError, match="2 bilder"):
        call_command("backup", tmp_path / "a.backup")
    assert (tmp_path / "a.backup").exists()


def test_emptying_leaves_folders_that_lead_to_another_disk(larger_disk, settings):
    (settings.MEDIA_ROOT / "own" / "deep").mkdir(parents=True)
    (settings.MEDIA_ROOT / "own" / "deep" / "a.webp").touch()
    empty(settings.MEDIA_ROOT)
    assert list(picture_files(settings.MEDIA_ROOT)) == []
    assert {path.name for path in settings.MEDIA_ROOT.iterdir()} == {"pictures", "originals"}
    assert (larger_disk / "pictures").is_dir()


def test_a_full_disk_leaves_no_half_file_and_is_called_a_full_disk(settings, offline, tmp_path):
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "large.webp").write_bytes(bytes(40 * MEGABYTE))
    goal = tmp_path / "goal"
    goal.mkdir()
    with no_file_longer_than(30 * MEGABYTE), pytest.raises(CommandError, match="Disken er full"):
        call_command("backup", goal / "a.backup")
    assert list(goal.iterdir()) == []
    call_command("backup", goal / "a.backup")
    with no_file_longer_than(30 * MEGABYTE), pytest.raises(CommandError, match="Disken er full"):
        call_command("restore", goal / "a.backup", key=offline[1], unsigned=True, check=True)
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(("backup-", "checking-"))]
    call_command("restore", goal / "a.backup", key=offline[1], unsigned=True, check=True)


def test_a_database_without_room_is_called_a_full_disk_too(settings, offline, tmp_path):
    if connections["default"].vendor != "sqlite":
        pytest.skip("PostgreSQL's disk is its own")
    with no_file_longer_than(8192), pytest.raises(CommandError, match=r"full|Databasen"):
        call_command("backup", tmp_path / "a.backup")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(("backup-", ".a."))]


def test_a_picture_deleted_while_the_backup_runs_is_left_out_and_counted(
    larger_disk, offline, tmp_path, capsys, monkeypatch
):
    def deleted_when_listed(media):
        yield from list(picture_files(media))
        (larger_disk / "originals" / "abc" / "a.webp").unlink()

    monkeypatch.setattr(writing, "picture_files", deleted_when_listed)
    call_command("backup", tmp_path / "a.backup")
    said = capsys.readouterr().out
    assert "Bilder: 1." in said
    assert "Slettet mens sikkerhetskopien ble laget: 1." in said


def test_a_list_of_erasures_that_cannot_be_written_costs_no_backup(offline, settings, tmp_path):
    settings.ERASURE_LIST = str(tmp_path / "unmounted" / "erased.txt")
    with pytest.raises(CommandError, match="listen over slettede henvendelser ikke"):
        call_command("backup", tmp_path / "a.backup")
    (tmp_path / "out").mkdir()
    unpack(tmp_path / "a.backup", offline[0], tmp_path / "out", signer())
