"""A secret is made once, readable by its owner only, and two processes that start at once agree."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from mestring.config.secrets import load_or_make_secret


def test_a_secret_is_made_once_and_private(tmp_path):
    folder = tmp_path / "keys"
    first = load_or_make_secret(folder, "secret_key")
    assert len(first) >= 40
    assert load_or_make_secret(folder, "secret_key") == first
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_processes_that_start_at_once_read_the_same_secret(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        secrets = list(pool.map(lambda n: load_or_make_secret(tmp_path / "keys", "secret_key"), range(64)))
    assert len(set(secrets)) == 1
    assert [p.name for p in (tmp_path / "keys").iterdir()] == ["secret_key"]


@pytest.mark.parametrize("left", ["", "\n", "half-a-secret"])
def test_a_secret_that_was_cut_short_is_refused_and_never_used(tmp_path, left):
    (tmp_path / "receipt_secret").write_text(left)
    with pytest.raises(ImproperlyConfigured, match="receipt_secret"):
        load_or_make_secret(tmp_path, "receipt_secret")
