"""Pictures and styles that copies name, taken from where the site keeps them; and what no copy names removed."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage

from mestring.emergency import folder
from mestring.emergency.relative_links import FILES
from pages.models.picture import FOLDER

NAMED = re.compile(r"""(?:@import\s+|url\()["']?([^"')]+)""")


class NamedFiles:
    """The files beside the copies. `written` has each that is there, with what it names itself."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written: dict[str, frozenset[str]] = {}

    def write(self, names: Iterable[str]) -> None:
        """Write what is not there yet, with what it names. Raises FileNotFoundError."""
        waiting = [name for name in names if name not in self.written]
        while waiting:
            content = content_of(name := waiting.pop())
            folder.write(self.root, f"{FILES}/{name}", content)
            self.written[name] = frozenset(named_in(name, content))
            waiting += [one for one in self.written[name] if one not in self.written]

    def forget_lost(self) -> set[str]:
        """Forget what another program took away, and the styles that name it; return their names."""
        lost = {name for name in self.written if not (self.root / FILES / name).is_file()}
        while more := {name for name, inner in self.written.items() if inner & lost} - lost:
            lost |= more
        for name in lost:
            del self.written[name]
        return lost

    def withdraw(self, keys: Iterable[str]) -> None:
        """Remove the files of pictures."""
        for key in keys:
            place = f"{settings.MEDIA_URL[1:]}{FOLDER}/{key}"
            folder.remove(self.root, f"{FILES}/{place}")
            self.written = {
                name: inner for name, inner in self.written.items() if not name.startswith(f"{place}/")
            }

    def keep_only(self, names: set[str]) -> None:
        """Remove all but these and what they name."""
        while more := set().union(*(self.written[name] for name in names)) - names:
            names = names | more
        for name in [*folder.names_in(self.root / FILES, "*")]:
            if name not in names:
                folder.remove(self.root, f"{FILES}/{name}")
                self.written.pop(name, None)


def content_of(name: str) -> bytes:
    """Return a file's bytes. Raises FileNotFoundError."""
    folder, inner = _place(name)
    if folder == "media":
        with default_storage.open(inner) as picture:
            return bytes(picture.read())
    try:
        with staticfiles_storage.open(inner) as file:
            return bytes(file.read())
    except FileNotFoundError:
        if found := finders.find(inner):  # not collected: what stands in the source serves as well
            return Path(found).read_bytes()
        raise


def named_in(name: str, content: bytes) -> Iterator[str]:
    """Yield the files that a stylesheet names: its font, and in tests the stylesheets that it is made of."""
    if name.endswith(".css"):
        for target in NAMED.findall(content.decode()):
            if not target.startswith(("data:", "#", "/", "http")):
                yield posixpath.normpath(posixpath.join(posixpath.dirname(name), target.partition("#")[0]))


def _place(name: str) -> tuple[str, str]:
    if name.startswith(settings.MEDIA_URL[1:]):
        return "media", name.removeprefix(settings.MEDIA_URL[1:])
    return "static", name.removeprefix(settings.STATIC_URL[1:])
