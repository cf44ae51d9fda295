"""The copy that a backup reads from goes with it, or with a later one."""

import os
import time

import pytest

from mestring.backup.snapshot import snapshot


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_backup_left_goes_and_what_another_one_reads_stays(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for name, hours in (("backup-killed", 2), ("backup-running", 0)):
        (tmp_path / name).mkdir()
        began = time.time() - hours * 3600
        os.utime(tmp_path / name, (began, began))
    with snapshot():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["backup-running"]
