"""A live site's own folders: settings are refused that name folders which are not there."""

import pytest

from tests.mestring.config.test_startup_checks import SAFE


@pytest.fixture(autouse=True)
def folders(tmp_path_factory, monkeypatch):
    """The folders of a live site, as its operator makes them."""
    place = tmp_path_factory.mktemp("live")
    for name in ("data", "keys", "data/keys"):
        (place / name).mkdir(mode=0o700)
    monkeypatch.setitem(SAFE, "DATA_DIR", str(place / "data"))
    monkeypatch.setitem(SAFE, "KEY_DIR", str(place / "keys"))
