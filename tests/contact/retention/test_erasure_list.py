"""The list of what was erased, which a restore reads."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from contact.crypto.site_signature import NotSigned, signer
from contact.models import AccessEntry, Inquiry, Tombstone
from contact.retention.erasure import erase
from contact.retention.erasure_list import NotAList, erase_again, read_erasure_list, write_erasure_list


@pytest.fixture
def list_file(settings, tmp_path):
    settings.ERASURE_LIST = str(tmp_path / "erased.txt")
    return Path(settings.ERASURE_LIST)


@pytest.fixture
def erased(inquiry):
    erase(Inquiry.objects.get(), AccessEntry.Action.ERASED)
    return Tombstone.objects.get()


def test_it_names_what_was_erased_and_says_nothing_about_anybody(list_file, erased):
    assert write_erasure_list() == 1
    assert read_erasure_list(list_file, None) == [(erased.locator, erased.inquiry_id, erased.erased_at)]
    assert list_file.stat().st_mode & 0o777 == 0o600


def test_an_empty_site_has_an_empty_list(list_file, db):
    assert write_erasure_list() == 0
    assert read_erasure_list(list_file, signer()) == []


def test_what_stands_there_stays_when_the_database_has_forgotten_it(list_file, erased):
    write_erasure_list()
    Tombstone.objects.all().delete()  # as after a restore
    assert write_erasure_list() == 1


def test_a_line_goes_when_it_is_as_old_as_tombstones_become(list_file, erased, settings):
    write_erasure_list()
    Tombstone.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=settings.TOMBSTONE_RETENTION_DAYS + 1)):
        assert write_erasure_list() == 0


def test_what_is_here_again_is_erased_again_and_the_code_still_answers_deleted(list_file, inquiry):
    stands = f"{inquiry.locator} {inquiry.pk} {timezone.now().isoformat()}\n"
    list_file.write_text(stands + f"{'f' * 32} {'0' * 8}-0000-4000-8000-{'0' * 12} {timezone.now().isoformat()}\n")
    assert erase_again(list_file, None) == 1
    assert not Inquiry.objects.exists()
    assert set(Tombstone.objects.values_list("locator", flat=True)) == {inquiry.locator, "f" * 32}
    assert erase_again(list_file, None) == 0


@pytest.mark.parametrize("text", ["hei", "a b", "a b c", "a 0 2026-01-01"])
def test_another_file_is_not_taken_for_a_list(list_file, text):
    list_file.write_text(text)
    with pytest.raises(NotAList):
        read_erasure_list(list_file, None)


NO_ZONE = f"{'f' * 32} {'0' * 8}-0000-4000-8000-{'0' * 12} 2026-01-01T10:00:00".encode()


@pytest.mark.parametrize("damage", [b"0123456789abcdef", b"\x00\x00\x00\x00", "blåbær".encode("latin-1"), NO_ZONE])
def test_a_damaged_list_is_set_aside_and_keeps_the_lines_that_can_be_read(list_file, erased, caplog, damage):
    write_erasure_list()
    Tombstone.objects.all().delete()
    whole = list_file.read_bytes()
    list_file.write_bytes(whole + damage)
    assert write_erasure_list() == 1
    assert list_file.read_bytes() == whole
    (aside,) = list_file.parent.glob("erased.txt.broken-*")
    assert aside.read_bytes() == whole + damage
    assert "erased.txt" in caplog.text


def test_a_list_that_windows_has_saved_is_still_the_list(list_file, erased):
    write_erasure_list()
    rows = read_erasure_list(list_file, signer())
    list_file.write_bytes(b"\xef\xbb\xbf" + list_file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_erasure_list(list_file, signer()) == rows


def test_a_line_more_or_less_and_an_unsigned_list_are_not_trusted(list_file, erased):
    write_erasure_list()
    line, signature = list_file.read_text().splitlines()
    for lines in ([line, line.replace(erased.locator, "f" * 32), signature], [signature], [line], []):
        list_file.write_text("".join(f"{text}\n" for text in lines))
        with pytest.raises(NotSigned):
            read_erasure_list(list_file, signer())
    assert read_erasure_list(list_file, None) == []
