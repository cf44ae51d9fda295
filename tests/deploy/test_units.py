"""The units are those of the installer's places, and give a service no more than it needs."""

import re
import shutil
import subprocess

import pytest

from deploy.debian import layout
from tests.conftest import ROOT

UNITS = ROOT / "deploy/debian/units"
SERVICES = sorted(UNITS.glob("*.service"))


def test_what_is_started_is_there_and_names_the_installer_s_places():
    there = {path.name for path in UNITS.iterdir()}
    assert {layout.WEB, layout.DELIVER, layout.SOCKET, *layout.TIMERS} <= there
    assert {timer.replace(".timer", ".service") for timer in layout.TIMERS} <= there
    for path in SERVICES:
        text = path.read_text(encoding="utf-8")
        assert f"EnvironmentFile={layout.SETTINGS}\n" in text
        assert f"WorkingDirectory={layout.CURRENT}\n" in text
        assert f"User={layout.USER}\n" in text
        assert f"ReadWritePaths={layout.STATE}\n" in text


def test_what_fails_is_told_except_the_telling_itself():
    for path in SERVICES:
        said = "OnFailure=mestringshusene-alarm@%n.service" in path.read_text(encoding="utf-8")
        assert said == ("alarm" not in path.name), path.name


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_systemd_finds_little_exposure(path):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", path], capture_output=True, text=True, check=True
    )
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert float(exposure[1]) <= 2.0
