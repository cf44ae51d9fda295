"""`make audit` tells a package with a known fault from one without, and both from what was not checked."""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

FAULT = {"id": "PYSEC-2026-1", "fix_versions": ["5.2.20"], "description": ""}


def answer(*faults):
    return {"dependencies": [{"name": "django", "version": "5.2.19", "vulns": list(faults)}], "fixes": []}


@pytest.mark.parametrize(
    ("answered", "status", "says"),
    [
        (json.dumps(answer()), 0, "1 packages, 0 faults"),
        (json.dumps(answer(FAULT)), 1, "django 5.2.19: PYSEC-2026-1. Mended in: 5.2.20"),
        ("", 3, "NOT CHECKED"),  # as pip-audit ends when it reaches no database
    ],
    ids=["none", "one", "not reached"],
)
def test_what_was_not_checked_never_looks_like_what_is_well(tmp_path, answered, status, says):
    asking = tmp_path / "pip-audit"
    asking.write_text(f"#!{sys.executable}\nprint({answered!r})\n")
    asking.chmod(0o700)
    done = subprocess.run([sys.executable, "deploy/audit.py", asking], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, says in done.stdout) == (status, True)


def test_without_the_program_nothing_was_checked(tmp_path):
    command = [sys.executable, "deploy/audit.py", tmp_path / "nowhere"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 3
    assert "NOT CHECKED" in done.stdout
