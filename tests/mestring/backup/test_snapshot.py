"""The copy that a backup reads from goes with it, or with a later one."""

import pytest

from mestring.backup.snapshot import snapshot
from mestring.backup.work_folder import work_folder


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_backup_left_goes_and_what_another_one_reads_stays(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "backup-killed").mkdir()
    with work_folder("backup", tmp_path) as running:
        with snapshot():
            pass
        assert list(tmp_path.iterdir()) == [running]
    assert list(tmp_path.iterdir()) == []
