"""The site's environment file: secrets are made once, and what an operator added stays."""

import pytest

from deploy.debian import layout, machine
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
