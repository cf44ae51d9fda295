"""Where a backup, its key or its signer cannot be written is said before the work, by the name that was typed."""

import os
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize("what", [[], ["--new-key"], ["--signer"]])
def test_a_folder_as_the_file_is_named_at_once(tmp_path, what):
    with pytest.raises(CommandError) as refusal:
        call_command("backup", *what, str(tmp_path))
    assert str(refusal.value) == f"{tmp_path} er en mappe. Skriv navnet på en fil i den."
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("what", [[], ["--new-key"], ["--signer"]])
def test_a_folder_that_is_missing_is_named_and_no_half_file(tmp_path, what):
    with pytest.raises(CommandError) as refusal:
        call_command("backup", *what, str(tmp_path / "away" / "a.backup"))
    assert str(refusal.value) == f"Mappen {tmp_path / 'away'} finnes ikke. Lag den først."


@contextmanager
def the_site_s_user():
    """What the operators' command is: root typed it, and another user runs it."""
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)


@pytest.fixture
def root_s_home(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "offline.key").touch()
    home.chmod(0o700 if os.geteuid() == 0 else 0)
    yield home
    home.chmod(0o700)


@pytest.mark.parametrize("command", [["backup"], ["backup", "--new-key"], ["backup", "--signer"], ["papers"]])
def test_a_place_that_the_site_s_user_may_not_enter_is_named_with_the_user(root_s_home, command):
    with the_site_s_user(), pytest.raises(CommandError, match="som ikke får gå dit") as refusal:
        call_command(*command, str(root_s_home / "a"))
    assert str(refusal.value).startswith(str(root_s_home))


def test_an_offline_key_in_a_place_that_the_site_s_user_may_not_enter_is_named(root_s_home, tmp_path):
    with the_site_s_user(), pytest.raises(CommandError, match="som ikke får gå dit"):
        call_command("restore", tmp_path / "a", key=root_s_home / "offline.key", unsigned=True, check=True)


def test_a_backup_in_a_place_that_the_site_s_user_may_not_enter_is_named(root_s_home, tmp_path):
    (tmp_path / "offline.key").write_text("01" * 32)
    with the_site_s_user(), pytest.raises(CommandError, match="som ikke får gå dit"):
        call_command("restore", root_s_home / "a", key=tmp_path / "offline.key", unsigned=True, check=True)
