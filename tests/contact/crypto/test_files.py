"""A file that must survive a crash is on disk with its folder, and is whole or absent."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from contact.crypto.files import append_line, replace_whole, write_once


@pytest.fixture
def synced(monkeypatch):
    """The files and folders that were synced to the disk, as the file system numbers them."""
    numbers = []
    sync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda descriptor: (numbers.append(os.fstat(descriptor).st_ino), sync(descriptor))
    )
    return numbers


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "keys" / "a.key"
    assert write_once(path, "first") == "first"
    assert write_once(path, "second") == "first"
    assert (mode_of(path), mode_of(path.parent)) == (0o600, 0o700)


def test_writers_at_once_agree_on_one_content(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda number: write_once(tmp_path / "a.key", str(number)), range(32)))
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.key"]


def test_a_replaced_file_is_the_old_one_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("old")
    with replace_whole(path) as file:
        file.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert mode_of(path) == 0o600


def test_a_replacement_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("old")
    with pytest.raises(TypeError), replace_whole(path) as file:
        file.writelines([b"half", None])
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["list.txt"]


def test_a_link_of_the_name_is_replaced_and_what_it_led_to_stays(tmp_path):
    other, link = tmp_path / "other.txt", tmp_path / "list.txt"
    other.write_text("of another program")
    link.symlink_to(other)
    with replace_whole(link) as file:
        file.write(b"new")
    assert not link.is_symlink()
    assert (link.read_text(), other.read_text()) == ("new", "of another program")


def test_a_file_for_everybody_is_so_whatever_the_umask(tmp_path):
    before = os.umask(0o077)
    try:
        with replace_whole(tmp_path / "picture", mode=0o644) as file:
            file.write(b"seen")
    finally:
        os.umask(before)
    assert mode_of(tmp_path / "picture") == 0o644


def test_a_line_is_added_to_those_before_it(tmp_path):
    path = tmp_path / "keys" / "heads"
    append_line(path, "one")
    append_line(path, "two")
    assert path.read_text() == "one\ntwo\n"
    assert (mode_of(path), mode_of(path.parent)) == (0o600, 0o700)


def test_a_line_that_a_crash_cut_short_spoils_no_other(tmp_path):
    path = tmp_path / "heads"
    path.write_text("one\ntw")
    append_line(path, "three")
    assert path.read_text().splitlines() == ["one", "tw", "three"]


def write(path):
    with replace_whole(path) as file:
        file.write(b"a")


@pytest.mark.parametrize("make", [lambda path: write_once(path, "a"), write, lambda path: append_line(path, "a")])
def test_a_new_file_and_its_name_are_on_disk(tmp_path, synced, make):
    make(tmp_path / "a.txt")
    assert synced == [(tmp_path / "a.txt").stat().st_ino, tmp_path.stat().st_ino]
