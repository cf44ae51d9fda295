"""The site's environment file: secrets are made once, and what an operator added stays."""

import os
import subprocess

import pytest

from deploy.debian import layout, machine, services
from deploy.debian.answers import read_answers
from deploy.debian.settings_file import read_settings, write_settings
from tests.deploy.test_answers import answered


@pytest.fixture
def answers(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "CONFIGURATION", tmp_path / "etc")
    monkeypatch.setattr(layout, "SETTINGS", tmp_path / "etc" / "site.env")
    monkeypatch.setattr(machine, "_own", lambda path, owner: None)  # an ordinary user runs the tests too
    return read_answers(answered(tmp_path))


def test_secrets_are_made_once_and_what_was_added_by_hand_stays(answers):
    first = write_settings(answers, "", "ab" * 32)
    assert len({first["SECRET_KEY"], first["RECEIPT_SECRET"], *(["x"] * 3)}) == 3
    with layout.SETTINGS.open("a", encoding="utf-8") as file:
        file.write("SIGN_ON_NAME=Microsoft\nCLINIC_PHONE=+4700000000\n")
    again = write_settings(answers, "", "ab" * 32)
    assert again == first | {"SIGN_ON_NAME": "Microsoft"}
    assert read_settings(layout.SETTINGS) == again
    assert layout.SETTINGS.stat().st_mode & 0o777 == 0o600


def test_the_operators_command_reads_each_setting_as_it_stands_and_runs_none_of_them(tmp_path):
    """Root runs the command: what stands in a password or a name must be no program to it."""
    ran = tmp_path / "ran"
    hard = f"smtp://site:a&b;c$HOME`touch {ran}`$(touch {ran})@mail:587"
    settings = tmp_path / "site.env"
    settings.write_text(f"# a line of words\nEMAIL_URL={hard}\nSIGN_ON_NAME=Felles innlogging\n", encoding="utf-8")
    for name, does in (("id", "echo 0"), ("setpriv", "env")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    text = services.COMMAND.replace(str(layout.SETTINGS), str(settings)).replace(
        str(layout.CURRENT), str(tmp_path)
    )
    handed = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["/bin/sh", "-c", text], env=handed, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert {f"EMAIL_URL={hard}", "SIGN_ON_NAME=Felles innlogging"} <= set(done.stdout.splitlines())
    assert not ran.exists()
