"""Clear rows that a restore or a check works with do not outlive it for long, however it ends."""

import errno
import fcntl
import signal
import subprocess
import sys

from django.core.management import call_command

from mestring.backup.work_folder import remove_abandoned, work_folder
from tests.conftest import ROOT, environment_of

KILLED = """
import os, signal, sys
from pathlib import Path
from mestring.backup.work_folder import work_folder
with work_folder(sys.argv[1], Path(sys.argv[2])) as folder:
    (folder / "rows").write_text("clear")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_restore_or_check_left_goes_with_the_next_and_at_a_deployment(tmp_path, settings, db):
    for kind in ("restoring", "checking"):
        done = subprocess.run(
            [sys.executable, "-c", KILLED, kind, str(tmp_path)], cwd=ROOT, env=environment_of(tmp_path / "site")
        )
        assert done.returncode == -signal.SIGKILL
        assert [path.name.split("-")[0] for path in tmp_path.glob("*-*")] == [kind]  # what was left before is gone
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    call_command("setup_site")
    assert list(tmp_path.glob("*-*")) == []


def test_what_another_command_works_with_stays_and_so_does_what_is_no_such_folder(tmp_path):
    outside = tmp_path / "outside"
    for folder in (outside, tmp_path / "backups", tmp_path / "here"):
        folder.mkdir()
    (tmp_path / "here" / "backup-link").symlink_to(outside)
    (tmp_path / "here" / "backup-of-monday").write_text("a file")
    with work_folder("restoring", tmp_path / "here") as folder:
        assert oct(folder.stat().st_mode & 0o777) == "0o700"
        assert remove_abandoned(tmp_path / "here") == 0
        assert folder.is_dir()
    assert {path.name for path in (tmp_path / "here").iterdir()} == {"backup-link", "backup-of-monday"}
    assert outside.is_dir()


def test_where_no_folder_can_be_locked_the_work_is_done_and_nothing_is_removed(tmp_path, monkeypatch):
    """As on NFS, which no test can mount."""

    def refuse(*_arguments):
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr(fcntl, "flock", refuse)
    (tmp_path / "restoring-left").mkdir()
    with work_folder("restoring", tmp_path) as folder:
        assert folder.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["restoring-left"]
