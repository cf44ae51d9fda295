"""From a bare Debian to a live site, upgraded, failed and gone back: the long proof `debian` (tests/proofs.py)."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.deploy.walk.debian_root import own_suite, what_is_missing

pytestmark = [pytest.mark.proof("debian"), pytest.mark.xdist_group("debian")]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_installed_upgraded_failed_and_gone_back_without_losing_an_inquiry(tmp_path_factory, capsys, database):
    if os.environ.get("CI"):
        pytest.skip("takes minutes on each database: `make prove` walks it, .ci/run does not")
    if missing := what_is_missing():
        pytest.skip(missing)
    folder = (
        tmp_path_factory.getbasetemp().parent / "bare-debian"
    )  # the second database takes what the first fetched
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.deploy.walk.bare_debian", folder, database],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    with capsys.disabled():
        print(f"\n{done.stdout}", file=sys.stderr)  # of a worker, this alone is seen
    shutil.rmtree(folder / f"{own_suite()}-{database}", ignore_errors=True)
    assert done.returncode == 0, done.stdout + done.stderr
