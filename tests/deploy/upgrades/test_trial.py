"""A release is started beside the one that serves, asked, and stopped: visitors meet none that was not well."""

import getpass
import os
import shutil
import signal
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from deploy.debian import layout, machine, services
from deploy.debian.answers import Refused
from deploy.debian.upgrades import snapshot, trial, upgrade
from tests.conftest import ROOT

PAGES = """
from pathlib import Path
def application(environ, start_response):
    Path("asked").open("a").write(environ["PATH_INFO"] + " " + environ["HTTP_HOST"] + "\\n")
    ill = environ["PATH_INFO"] == {ill!r}
    start_response("500 Ill" if ill else "200 OK", [("Content-Type", "text/plain")])
    return [b"told" if ill else b"well"]
"""
WELL = PAGES.format(ill="none")
HOST = "www.klinikken.no"


@pytest.fixture
def release_of(tmp_path, monkeypatch):
    """Make a release whose pages these lines of Python are; the shipped unit says how it is started."""
    monkeypatch.setattr(layout, "USER", getpass.getuser())

    def make(name, wsgi, commands=""):
        folder = tmp_path / name
        (folder / "mestring").mkdir(parents=True)
        (folder / "mestring/__init__.py").touch()
        (folder / "mestring/wsgi.py").write_text(wsgi)
        (folder / "manage.py").write_text(commands)
        (folder / ".venv").symlink_to(ROOT / ".venv")
        (folder / "deploy/debian/units").mkdir(parents=True)
        shutil.copy(ROOT / "deploy/debian/units" / layout.WEB, folder / "deploy/debian/units")
        return folder

    return make


def processes_in(folder):
    """The processes that run in a release's folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            found += [process.name] if process.joinpath("cwd").resolve() == folder else []
    return found


def test_a_release_that_is_well_is_asked_for_a_page_of_each_kind_and_stopped(release_of):
    well = release_of("well", WELL)
    assert trial.fault_on_trial(well, HOST, {}) == ""
    asked = (well / "asked").read_text().splitlines()
    assert asked == [f"{path} {HOST}" for path in services.ASKED]
    assert not processes_in(well)


def test_code_that_does_not_start_is_told_at_once_with_its_reason(release_of):
    fault = trial.fault_on_trial(release_of("ended", "raise ValueError('the reason')"), HOST, {})
    assert fault.startswith("it ends when it is started:")
    assert fault.endswith("ValueError: the reason")


@pytest.fixture
def two_releases(release_of, monkeypatch, tmp_path):
    """A site with a database, whose old release is in place; returns old, ill, and what was put in place since."""
    old, ill = release_of("old", WELL), release_of("ill", PAGES.format(ill=services.ASKED[-1]))
    put = []
    monkeypatch.setattr(layout, "STATE", tmp_path)
    monkeypatch.setattr(upgrade, "UNDER_WAY", tmp_path / "under-way")
    monkeypatch.setattr(layout, "DATA", tmp_path)
    monkeypatch.setattr(layout, "PAUSE", tmp_path / "writes-are-paused")
    monkeypatch.setattr(layout, "SNAPSHOTS", tmp_path / "snapshots")
    monkeypatch.setattr(snapshot, "FILE", tmp_path / "site.sqlite3")
    monkeypatch.setattr(machine, "_own", lambda path, owner: None)  # an ordinary user runs the tests too
    with closing(sqlite3.connect(snapshot.FILE)) as database:
        database.executescript("CREATE TABLE told (words)")
    monkeypatch.setattr(upgrade.release, "current", lambda: old)
    monkeypatch.setattr(upgrade.release, "switch_to", put.append)
    monkeypatch.setattr(services, "run", lambda *_command, **_more: "")  # no service manager
    return old, ill, put


def test_a_release_that_is_not_well_is_never_put_in_the_other_s_place(two_releases):
    old, ill, put = two_releases
    with pytest.raises(Refused, match=r"the old one does again:\n/admin/login/ answers 500"):
        upgrade.upgrade(ill, upgrade.Site(HOST, "sqlite", {}))
    assert put == [old]
    assert not layout.PAUSE.exists()


INTERRUPTS = {
    "the operator's Ctrl-C": lambda: os.kill(os.getpid(), signal.SIGINT),
    "a fault of our own": lambda: {}["missing"],
    "the machine's end of this program": lambda: os.kill(os.getpid(), signal.SIGTERM),
    "a line to the operator that breaks": lambda: os.kill(os.getpid(), signal.SIGHUP),
}


@pytest.mark.parametrize("kind", INTERRUPTS)
def test_what_interrupts_an_upgrade_leaves_no_form_closed(two_releases, monkeypatch, kind):
    """In a process of its own, as some of these would end the tests."""
    old, ill, put = two_releases
    monkeypatch.setattr(upgrade, "deploy", lambda *_release: INTERRUPTS[kind]())
    child = os.fork()
    if not child:
        with suppress(BaseException):
            upgrade.upgrade(ill, upgrade.Site(HOST, "sqlite", {}))
        os._exit(0 if put == [old] else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert not layout.PAUSE.exists()
    assert not upgrade.UNDER_WAY.exists()
