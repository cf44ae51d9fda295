"""A small site and the copies of its pages."""

import copy
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from mestring.emergency.edition import EmergencyEdition
from mestring.emergency.named_files import NamedFiles
from tests import factories, kept_rows

WHOLE = float("inf")


class Copies:
    """The folder as a reader finds it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.edition = EmergencyEdition(root, lambda: None)

    def keep(self, seconds: float = WHOLE) -> bool:
        """Bring the copies up to date."""
        return self.edition.keep(seconds)

    def copied_to(self, root: Path) -> "Copies":
        """Return the same files and the same memory of them in another folder."""
        other, mine = Copies(root), self.edition
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        other.edition = copy.copy(mine)
        other.edition.root = root
        other.edition.made, other.edition.there = dict(mine.made), set(mine.there)
        other.edition.files = NamedFiles(root)
        other.edition.files.written = dict(mine.files.written)
        return other

    def html(self, name: str) -> str:
        return (self.root / name / "index.html").read_text(encoding="utf-8")

    def words(self, name: str) -> str:
        return words_of(self.html(name))

    def pages(self) -> set[str]:
        """Return the folders with a page, below the root."""
        return {path.parent.relative_to(self.root).as_posix() for path in self.root.rglob("index.html")}

    def files(self) -> dict[str, int]:
        """Return each page with what tells two files of one name apart."""
        return {name: (self.root / name / "index.html").stat().st_ino for name in self.pages()}


def words_of(html: str) -> str:
    """Return what a reader reads, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html.partition("<body")[2])).split())


def without_search(html: str) -> str:
    """Return a live page without its ways to the search, which a copy has not."""
    html = re.sub(
        r'<a class="site-header__search".*?</a>|<form class="search-form.*?</form>', "", html, flags=re.S
    )
    return re.sub(r'<li><a href="[^"]*/(sok|search)/">.*?</li>', "", html)


@pytest.fixture
def copies(db, tmp_path, settings):
    """The edition of a site with a front page and an article."""
    settings.SITE_ADDRESS = "http://127.0.0.1:8000"
    kept_rows.put("clinic of the copies", factories.clinic)  # the same rows in each test, as copies remember them
    factories.front(in_menu=True)
    factories.kept_live("avrusning")
    return Copies(tmp_path / "emergency")
