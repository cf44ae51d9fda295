"""What ends a command by an error: on a live site a line of the log as every other."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.journeys.live_site import live_settings

CANARY = "kanarifugl-i-gruva"


@pytest.mark.plain
def test_an_error_that_ends_a_command_of_a_live_site_is_one_line_without_its_message(tmp_path):
    for name in ("data", "keys", "heads", "backup"):
        (tmp_path / name).mkdir(mode=0o700)
    environment = (
        os.environ | live_settings(tmp_path, 25, 443) | {"DATA_DIR": f"{tmp_path}/data", "BACKUP_KEY": "0f" * 32}
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", f"raise ValueError('{CANARY}')"],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert CANARY not in done.stderr
    said = json.loads(done.stderr)
    assert (said["level"], said["exception"]) == ("CRITICAL", "builtins.ValueError")
    assert said["message"] == "shell ended with an error"
    assert any("in execute_from_command_line" in place for place in said["trace"])
