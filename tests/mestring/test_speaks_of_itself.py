"""The project speaks only of itself: what it was made on and with is no part of it."""

import subprocess

from tests.conftest import ROOT


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
