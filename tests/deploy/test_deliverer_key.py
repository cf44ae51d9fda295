"""The deliverer's key is made once, by root, and taken over from a site that made it itself."""

import pwd
import sys
from os import geteuid

import pytest

from contact.crypto.recipient_key import new_pair
from deploy.debian import deliverer_key, layout, machine
from deploy.debian.answers import Refused
from deploy.debian.deliverer_key import drop_former_key, keep_deliverer_key
from tests.conftest import ROOT


@pytest.fixture
def code(tmp_path, monkeypatch):
    """A release, and the places of the key before and now; an ordinary user runs the tests too."""
    monkeypatch.setattr(layout, "USER", pwd.getpwuid(geteuid()).pw_name)
    monkeypatch.setattr(layout, "DELIVERER_KEY", tmp_path / "etc" / "deliverer.key")
    monkeypatch.setattr(deliverer_key, "BEFORE", tmp_path / "keys" / "deliverer.key")
    monkeypatch.setattr(machine, "_own", lambda path, owner: None)
    for name in ("etc", "keys", "code/.venv/bin"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "code" / "contact").symlink_to(ROOT / "contact")
    program = tmp_path / "code" / ".venv" / "bin" / "python"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    program.chmod(0o755)
    return tmp_path / "code"


def pair():
    return layout.DELIVERER_KEY.read_text(), layout.DELIVERER_KEY.with_suffix(".public").read_text()


def test_a_key_is_made_once_for_root_alone_and_its_public_half_is_mended(code):
    keep_deliverer_key(code)
    private, public = pair()
    assert (private, public) == new_pair(private)
    assert layout.DELIVERER_KEY.stat().st_mode & 0o777 == 0o600
    assert layout.DELIVERER_KEY.with_suffix(".public").stat().st_mode & 0o777 == 0o644
    layout.DELIVERER_KEY.with_suffix(".public").write_text("")
    keep_deliverer_key(code)
    assert pair() == (private, public)


def test_the_key_of_a_site_from_before_is_taken_over_and_stays_until_no_release_reads_it(code):
    private, public = new_pair()
    deliverer_key.BEFORE.write_text(private)
    deliverer_key.BEFORE.with_suffix(".public").write_text(public)
    keep_deliverer_key(code)
    assert pair() == (private, public)
    assert deliverer_key.BEFORE.exists()
    drop_former_key()
    assert list(deliverer_key.BEFORE.parent.iterdir()) == []


def test_a_key_that_the_site_s_user_plants_later_counts_for_nothing(code):
    keep_deliverer_key(code)
    ours = pair()
    deliverer_key.BEFORE.write_text(new_pair()[0])
    keep_deliverer_key(code)
    drop_former_key()
    assert pair() == ours


@pytest.mark.parametrize("cut", ["", "ab"])
def test_a_key_that_is_cut_short_is_refused_and_left(code, cut):
    layout.DELIVERER_KEY.write_text(cut)
    with pytest.raises(Refused, match="cut short"):
        keep_deliverer_key(code)
    assert layout.DELIVERER_KEY.read_text() == cut
