"""The units and the nginx file are those of the installer's places, and give a service no more than it needs."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.debian import layout
from deploy.debian.answers import Answers
from deploy.debian.web_server import as_read, configuration
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


def test_the_nginx_file_has_the_site_s_own_name_certificate_and_number(tmp_path):
    answers = Answers(
        host="www.klinikken.no", phone="+4735019501", mail_server="", mail_from="", told=[], operator="",
        certificate=Path("/x"), certificate_key=Path("/y"),
    )  # fmt: skip
    text = configuration(answers)
    assert "example.no" not in text
    assert "35019500" not in text
    assert "35 01 95 00" not in text
    assert text.count("server_name www.klinikken.no;") == 2
    assert "ssl_certificate /etc/mestringshusene/certificate/site.pem;" in text
    assert 'href="tel:+4735019501">35 01 95 01</a>' in text


@pytest.mark.parametrize(("phone", "read"), [("+4735019501", "35 01 95 01"), ("+4612345678", "+4612345678")])
def test_a_number_is_written_as_people_read_it(phone, read):
    assert as_read(phone) == read
