"""The picture files of a site, wherever they lie: a folder may be a link to a larger disk."""

import errno
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext as _

from pages.models import Picture
from pages.models.picture import FOLDER


class NoFolder(Exception):
    """The pictures lie in a storage that is no folder, so a backup would not hold them."""


def media_folder() -> Path:
    """Return the folder of the storage in use. Raises NoFolder for another kind: no backup may look whole then."""
    # Not `default_storage.path`, which the storage in memory answers too.
    if not isinstance(default_storage, FileSystemStorage):
        words = _(
            "The pictures lie in a storage that is no folder. A backup would lack them: nothing was written."
        )
        raise NoFolder(words)
    return Path(default_storage.location)


def picture_files(media: Path) -> Iterator[Path]:
    """Yield every file, also below folders that are links; each folder once, so that a circle of links ends.

    Raises OSError for a link that leads nowhere, as when a disk is not mounted: a backup that lacks the pictures
    must not look whole. What is deleted meanwhile is left out.
    """
    seen: set[str] = set()
    for folder, folders, files in os.walk(media, followlinks=True, onerror=_unless_deleted):
        if os.path.realpath(folder) in seen:
            folders.clear()
            continue
        seen.add(os.path.realpath(folder))
        for path in (Path(folder, name) for name in files):
            if path.is_symlink() and not path.exists():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
            if path.is_file():
                yield path


def count_without_files(names: Collection[str]) -> int:
    """Return how many pictures that visitors see have no file among the names of a backup."""
    keys = {name.split("/")[2] for name in names if name.startswith(f"media/{FOLDER}/")}
    shown = Picture.objects.filter(withdrawn_at=None).values_list("key", flat=True)
    return sum(key not in keys for key in shown)


def empty(media: Path) -> None:
    """Remove every file. Not the folder itself, nor a link in it: either may lead to another disk."""
    for path in list(picture_files(media)):
        path.unlink()
    for folder, folders, _files in os.walk(media, topdown=False):
        for path in (Path(folder, name) for name in folders):
            if not path.is_symlink():
                path.rmdir()


def _unless_deleted(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
