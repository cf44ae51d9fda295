"""A night makes a backup, reads it back, copies it away, and notes what came of it."""

import io
import os
import re
import shutil

import pytest
from django.conf import settings as site_settings
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from contact.crypto import site_signature
from mestring.backup.watch.folder import KEPT, prune
from mestring.backup.watch.models import BackupNight, Fault
from mestring.backup.watch.night import finish_night
from mestring.backup.watch.receipt import DigestingFile, receipt_file, write_receipt
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db(transaction=True)  # SQLite copies no file in the middle of a write


def make_night():
    """Return what the command said."""
    said = io.StringIO()
    call_command("nightly_backup", stdout=said)
    return said.getvalue()


def only_backup(folder):
    (backup,) = folder.glob("*.backup")
    return backup


def checked_again(backup):
    """Return what is found when the file of a good night is looked at once more."""
    return finish_night(backup, made=True)[0].faults


def test_a_good_night_is_noted_with_size_rows_and_copies(folder, put_program, tmp_path):
    put_program("10-copy", f'cp "$1" "$1.receipt" {tmp_path / "copies"}/')
    assert "Kopiert bort av 10-copy." in make_night()
    night, backup = BackupNight.objects.get(), only_backup(folder)
    assert (night.faults, night.size, night.copies) == ([], backup.stat().st_size, 1)
    assert night.rows > 0
    assert {path.name for path in (tmp_path / "copies").iterdir()} == {backup.name, f"{backup.name}.receipt"}


def test_a_program_that_fails_is_named_the_others_run_and_the_command_fails(folder, put_program, tmp_path):
    put_program("10-away", "exit 3")
    put_program("20-copy", f'cp "$1" {tmp_path / "copies"}/')
    said = io.StringIO()
    with pytest.raises(CommandError, match="ikke kopiert bort"):
        call_command("nightly_backup", stdout=said)
    assert "10-away kopierte den ikke bort." in said.getvalue()
    night = BackupNight.objects.get()
    assert (night.faults, night.copies) == ([Fault.NOT_COPIED], 1)
    assert len(list((tmp_path / "copies").iterdir())) == 1


def test_a_program_reads_no_secret_of_the_site_and_learns_where_the_list_of_erasures_lies(
    folder, put_program, tmp_path, monkeypatch
):
    monkeypatch.setenv("SECRET_KEY", "kanari-7391")
    put_program("10-look", f"env > {tmp_path / 'seen'}")
    make_night()
    seen = (tmp_path / "seen").read_text()
    assert "kanari" not in seen
    assert f"ERASURE_LIST={site_settings.ERASURE_LIST}\n" in seen


@pytest.mark.parametrize("does", ['rm "$1"', 'echo x >>"$1"'])
def test_a_program_that_takes_the_backup_away_or_changes_it_makes_the_night_a_bad_one(folder, put_program, does):
    put_program("10-move", does)
    with pytest.raises(CommandError, match="skadet"):
        make_night()
    assert BackupNight.objects.get().faults == [Fault.CHANGED]


def test_what_is_no_program_is_not_run(folder, put_program):
    put_program("10-copy~", "exit 3")
    put_program("20-copy.dpkg-old", "exit 3")
    put_program("30-copy", "exit 3", mode=0o644)
    make_night()
    assert BackupNight.objects.get().copies == 0


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not on this machine")
def test_the_program_in_the_operators_guide_copies_with_rsync_and_fails_without_its_disk(
    folder, put_program, tmp_path
):
    guide = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    script = re.search(r"#!/bin/sh\n( +set -eu\n.*?rsync.*?)\n\n", guide, re.DOTALL)[1]
    put_program("50-rsync", script.replace("/mnt/copies/mestringshusene", str(tmp_path / "copies")))
    make_night()
    backup = only_backup(folder)
    assert (tmp_path / "copies" / backup.name).read_bytes() == backup.read_bytes()
    assert {path.name for path in (tmp_path / "copies").iterdir()} == {
        backup.name, f"{backup.name}.receipt", "erased-inquiries.txt",
    }  # fmt: skip
    shutil.rmtree(tmp_path / "copies")
    with pytest.raises(CommandError, match="ikke kopiert bort"):
        make_night()
    assert not (tmp_path / "copies").exists()


def test_a_file_that_the_disk_gives_back_otherwise_is_found_and_is_not_copied_away(folder, put_program, tmp_path):
    make_night()
    backup = only_backup(folder)
    put_program("10-copy", f'cp "$1" {tmp_path / "copies"}/')
    content = backup.read_bytes()
    backup.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert checked_again(backup) == [Fault.CHANGED]
    backup.write_bytes(content[:-1])
    assert checked_again(backup) == [Fault.CHANGED]
    assert not any((tmp_path / "copies").iterdir())


def test_a_file_without_the_site_s_own_receipt_is_found(folder, settings, tmp_path):
    make_night()
    backup = only_backup(folder)
    settings.KEY_DIR = tmp_path / "another site"
    site_signature.make_signing_key()
    assert checked_again(backup) == [Fault.UNSIGNED]
    receipt_file(backup).unlink()
    assert checked_again(backup) == [Fault.UNSIGNED]


def test_the_receipt_of_one_file_says_nothing_of_another(folder):
    make_night()
    backup = only_backup(folder)
    other = backup.rename(folder / "other.backup")
    receipt_file(backup).rename(receipt_file(other))
    assert checked_again(other) == [Fault.UNSIGNED]


def test_a_backup_that_is_suddenly_small_is_found_and_nothing_older_is_deleted(folder):
    for number in range(KEPT + 5):
        old = folder / f"2020-01-{number % 28 + 1:02}T{number:04}.backup"
        old.write_bytes(bytes(5_000_000))
        os.utime(old, (number, number))
    with pytest.raises(CommandError, match="halvparten"):
        make_night()
    assert BackupNight.objects.get().faults == [Fault.SHRUNK]
    assert len(list(folder.glob("*.backup"))) == KEPT + 6


def put_nights(folder, count):
    """Put so many nights' backups there, each whole and with its receipt, the oldest first."""
    for number in range(count):
        name = f"2020-01-01T{number:04}.backup"
        with (folder / name).open("wb") as file:
            written = DigestingFile(file)
            written.write(b"sealed")
        write_receipt(folder / name, written, rows=1)
        os.utime(folder / name, (number, number))


def test_the_newest_thirty_nights_are_kept_and_what_an_operator_named_stays(folder):
    put_nights(folder, KEPT + 2)
    (folder / "before-the-move.backup").touch()
    prune(folder, folder / f"2020-01-01T{KEPT + 1:04}.backup")
    left = sorted(path.name for path in folder.iterdir())
    assert left[0] == "2020-01-01T0002.backup"
    assert left[-1] == "before-the-move.backup"
    assert len(left) == 2 * KEPT + 1


def test_a_night_of_a_clock_that_stood_wrong_is_kept(folder):
    put_nights(folder, KEPT + 2)
    tonight = folder / f"2020-01-01T{KEPT + 1:04}.backup"
    os.utime(tonight, (0, 0))
    prune(folder, tonight)
    assert tonight.exists()
    assert len(list(folder.glob("*.backup"))) == KEPT


def test_files_that_are_no_backups_of_the_site_push_no_good_one_out(folder):
    put_nights(folder, 1)
    for number in range(KEPT):
        planted = folder / f"2099-01-01T{number:04}.backup"
        planted.write_bytes(b"planted")
        os.utime(planted, (4_000_000_000, 4_000_000_000))
    make_night()
    assert BackupNight.objects.get().faults == []
    assert len(list(folder.glob("*.receipt"))) == 2
    assert len(list(folder.glob("*.backup"))) == KEPT + 2


def test_nights_whose_file_is_damaged_push_no_good_one_out(folder):
    put_nights(folder, KEPT + 10)
    for number in range(10, KEPT + 9):
        (folder / f"2020-01-01T{number:04}.backup").write_bytes(b"cut")
        os.utime(folder / f"2020-01-01T{number:04}.backup", (number, number))
    prune(folder, folder / f"2020-01-01T{KEPT + 9:04}.backup")
    assert (folder / "2020-01-01T0000.backup").exists()


def test_a_backup_that_cannot_be_made_is_noted_and_the_command_fails(folder, settings):
    settings.BACKUP_KEY = ""
    with pytest.raises(CommandError, match="lot seg ikke lage"):
        make_night()
    assert BackupNight.objects.get().faults == [Fault.FAILED]


def test_pictures_in_a_storage_that_is_no_folder_are_refused_plainly(folder, settings, capsys):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": memory}
    storages["default"].save("pictures/a/a.webp", io.BytesIO(b"a"))
    with pytest.raises(CommandError, match="ikke er en mappe"):
        call_command("backup", folder / "a.backup")
    assert not any(folder.iterdir())


def test_pictures_in_another_folder_are_in_the_backup(folder, settings, tmp_path, capsys):
    elsewhere = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "b"}}
    settings.STORAGES = settings.STORAGES | {"default": elsewhere}
    storages["default"].save("pictures/a/a.webp", io.BytesIO(b"a"))
    call_command("backup", folder / "a.backup")
    assert "Bilder: 1." in capsys.readouterr().out
