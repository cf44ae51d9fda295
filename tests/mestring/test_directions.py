"""Imports go one way (the contracts stand in pyproject.toml)."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_no_import_goes_the_wrong_way():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_the_project_speaks_only_of_itself():
    """No path of a machine and no registry's address in what is committed."""
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, files.split("\0")):
        path = ROOT / name
        if not path.is_file() or path.suffix in {".woff2", ".png", ".mo", ".ico"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for phrase in ("/wo" + "rk/", "/ro" + "ot/", "pypi" + ".org", "files.python" + "hosted"):
            assert phrase not in text, f"{name} names {phrase}"
