"""What the installer leaves for people is said until it is done, not once."""

import subprocess

import pytest

from deploy.debian import layout
from deploy.debian.__main__ import left_for_people
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "KEYS", tmp_path)
    monkeypatch.setattr(layout, "OFFLINE_KEY", tmp_path / "offline-backup.key")


def test_a_later_run_says_what_is_left_while_the_recovery_paper_lies_there(tmp_path):
    (tmp_path / "recovery-paper.txt").touch()
    assert left_for_people(is_new=False) == left_for_people(is_new=True)
    assert "invite_administrator" in left_for_people(is_new=False)


def test_an_upgrade_asks_for_nothing_once_paper_and_key_are_away():
    assert left_for_people(is_new=False) == ""


def test_each_run_asks_for_the_offline_key_until_it_is_away(tmp_path):
    layout.OFFLINE_KEY.touch()
    assert f"lies in {tmp_path}/offline-backup.key" in left_for_people(is_new=False)


def test_answers_are_looked_for_where_the_operator_typed_their_name(tmp_path):
    """With a machine's programs replaced by ones that do nothing but say what they were asked."""
    for name, does in (("id", "echo 0"), ("dpkg-query", "echo install ok installed"), ("python3", 'echo "$@"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    command = [ROOT / "deploy/install", "answers.toml"]
    handed = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    done = subprocess.run(command, cwd=tmp_path, env=handed, capture_output=True, text=True, check=True)
    assert done.stdout == f"-m deploy.debian {tmp_path}/answers.toml\n"
