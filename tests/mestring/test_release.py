"""The version that the site says it has is the one of its package."""

import tomllib

from mestring import __version__
from mestring.release import release_name
from tests.conftest import ROOT


def test_the_version_is_that_of_the_package_and_an_installed_release_says_its_folder(monkeypatch):
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert __version__ == package["project"]["version"] == release_name()
    monkeypatch.setattr("mestring.release.SOURCE", ROOT / "releases" / "4f1d")
    assert release_name() == f"{__version__}+4f1d"
