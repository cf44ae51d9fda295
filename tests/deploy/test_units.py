"""The units are those of the installer's places, and give a service no more than it needs."""

import re
import shutil
import subprocess

import pytest

from deploy.debian import layout, machine, services
from tests.conftest import ROOT

UNITS = ROOT / "deploy/debian/units"
SERVICES = sorted(UNITS.glob("*.service"))
LONG_RUNNING = (layout.WEB, layout.DELIVER)


def lines(path):
    return set(path.read_text(encoding="utf-8").splitlines())


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


def test_the_end_of_what_is_started_again_is_told_too_and_no_telling_is_repeated_at_once():
    """Where systemd counts a restart as no failure, OnFailure= is silent; elsewhere it tells at each start."""
    for name in LONG_RUNNING:
        (after,) = [line for line in lines(UNITS / name) if line.startswith("ExecStopPost=")]
        assert "mestringshusene-alarm@%n.service" in after
    assert {"StartLimitIntervalSec=600", "StartLimitBurst=1"} <= lines(UNITS / "mestringshusene-alarm@.service")


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_what_a_service_writes_is_its_user_s_alone_and_it_leaves_no_core_and_gains_no_right(path):
    assert {"UMask=0077", "LimitCORE=0", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "PrivateUsers=yes",
            "ProtectSystem=strict"} <= lines(path)  # fmt: skip


def test_what_runs_on_is_started_again_and_a_delivery_process_that_hangs_is_ended():
    for path in SERVICES:
        assert ("Restart=always" in lines(path)) == (path.name in LONG_RUNNING)
        assert ("Type=notify" if path.name in LONG_RUNNING else "Type=oneshot") in lines(path)
    assert any(line.startswith("WatchdogSec=") for line in lines(UNITS / layout.DELIVER))


def test_what_was_due_while_the_machine_was_off_is_done_when_it_is_on_again():
    for path in UNITS.glob("*.timer"):
        assert {"Persistent=yes", "WantedBy=timers.target"} <= lines(path), path.name


def test_the_deliverer_s_key_is_handed_to_the_delivery_process_and_kept_from_every_other_service():
    handed = f"LoadCredential=deliverer.key:{layout.DELIVERER_KEY}"
    for path in SERVICES:
        is_deliverer = path.name == layout.DELIVER
        assert (handed in lines(path)) == is_deliverer
        assert ("InaccessiblePaths=-/run/credentials" in lines(path)) != is_deliverer
    assert " DELIVERER_KEY=${CREDENTIALS_DIRECTORY}/deliverer.key " in (UNITS / layout.DELIVER).read_text("utf-8")


@pytest.mark.parametrize(("database", "user"), [("sqlite", "site"), ("postgresql", "site_deliverer")])
def test_on_postgresql_the_delivery_process_is_a_user_of_its_own(database, user, tmp_path, monkeypatch):
    for name in ("UNITS", "CONFIGURATION", "COMMAND"):
        monkeypatch.setattr(layout, name, tmp_path / name)
    layout.UNITS.mkdir()
    layout.CONFIGURATION.mkdir()
    monkeypatch.setattr(services, "run", lambda *_command: "")  # there is no service manager
    monkeypatch.setattr(machine, "_own", lambda path, owner: None)
    services.write_units(database)
    for path in SERVICES:
        wanted = user if path.name == layout.DELIVER else "site"
        assert {f"User={wanted}", "Group=site"} <= lines(layout.UNITS / path.name)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_systemd_finds_little_exposure(path):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", path], capture_output=True, text=True, check=True
    )
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert float(exposure[1]) <= 2.0
