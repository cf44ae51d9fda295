"""From a bare Debian to a live site, upgraded, failed and gone back: the long proof `debian` (tests/proofs.py)."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.proof("debian"), pytest.mark.xdist_group("debian")]


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("debootstrap") is None, reason="needs root and debootstrap")
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_installed_upgraded_failed_and_gone_back_without_losing_an_inquiry(tmp_path_factory, database):
    folder = tmp_path_factory.getbasetemp().parent / "bare-debian"
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, ROOT / "tests/deploy/walk/bare_debian.py", folder, database],
        capture_output=True,
        text=True,
    )
    print(done.stdout)
    shutil.rmtree(folder / f"debian-{database}", ignore_errors=True)
    assert done.returncode == 0, done.stdout + done.stderr
