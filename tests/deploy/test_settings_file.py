"""The site's environment file: secrets are made once, and what an operator added stays."""

import os
import subprocess

import pytest

from deploy.debian import layout, machine, services
from deploy.debian.answers import Refused, read_answers
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


@pytest.fixture
def command(tmp_path):
    """Return a function that runs the operators' command, which prints its environment, with these settings."""
    for name, does in (("id", "echo 0"), ("setpriv", "env")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    settings = tmp_path / "site.env"
    text = services.COMMAND.replace(str(layout.SETTINGS), str(settings)).replace(
        str(layout.CURRENT), str(tmp_path)
    )
    handed = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}

    def run(written):
        settings.write_text(written, encoding="utf-8")
        return subprocess.run(["/bin/sh", "-c", text], env=handed, capture_output=True, text=True, check=False)

    return run


def test_the_operators_command_reads_each_setting_as_it_stands_and_runs_none_of_them(tmp_path, command):
    """Root runs the command: what stands in a password or a name must be no program to it."""
    ran = tmp_path / "ran"
    hard = f"smtp://site:a&b;c$HOME`touch {ran}`$(touch {ran})@mail:587"
    done = command(f'# a line of words\n\nEMAIL_URL={hard}\nHALF=a"b"c\nSIGN_ON_NAME=Felles innlogging')
    assert done.stderr == ""
    assert {f"EMAIL_URL={hard}", 'HALF=a"b"c', "SIGN_ON_NAME=Felles innlogging"} <= set(done.stdout.splitlines())
    assert not ran.exists()


@pytest.mark.parametrize(
    "line",
    ['SIGN_ON_NAME="Felles"', "SIGN_ON_NAME='Felles'", "EMAIL_URL=smtp://a:b\\c@mail", "OPERATOR_MAIL=a ",
     " OPERATOR_MAIL=a@b", "export OPERATOR_MAIL=a@b", "OPERATOR_MAIL"],
)  # fmt: skip
def test_a_line_that_the_service_manager_reads_in_another_way_is_refused_by_name(tmp_path, command, line):
    done = command(f"MODE=live\n{line}\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert "without quotation marks" in done.stderr
    with pytest.raises(Refused, match="without quotation marks") as refused:
        read_settings(tmp_path / "site.env")
    for said in (done.stderr, str(refused.value)):
        assert line.partition("=")[0] in said
        assert "smtp" not in said
