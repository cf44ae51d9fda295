"""The folder of the emergency edition: whole files that the web server can read, and nothing that is gone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from contact.crypto.files import replace_whole
from mestring.disk_room import LITTLE
from mestring.emergency.relative_links import FILES

FOLDER_MODE, FILE_MODE = 0o755, 0o644  # all of it is public


class NotOurFolder(Exception):
    """It holds something else than copies of pages."""


def open_to_readers(root: Path) -> None:
    """Make the folder, if need be, and let the web server's user into it. Raises NotOurFolder.

    All in it becomes public, and what is no copy is removed: a slip in a setting must name no other folder.
    """
    root.mkdir(parents=True, exist_ok=True)
    files = root / FILES
    if not files.is_dir() and any(path.name != "lost+found" for path in root.iterdir()):
        raise NotOurFolder
    files.mkdir(exist_ok=True)
    for path in (root, files):
        path.chmod(FOLDER_MODE)


def write(root: Path, name: str, content: bytes) -> None:
    """Write a file whole; a reader sees the old one until then."""
    path = root / name
    for folder in [*reversed(path.parent.relative_to(root).parents), path.parent.relative_to(root)]:
        if not (root / folder).is_dir():
            (root / folder).mkdir(parents=True)
            (root / folder).chmod(FOLDER_MODE)  # not `mkdir`'s own: the umask takes away from that
    with replace_whole(path, mode=FILE_MODE) as file:
        file.write(content)


def remove(root: Path, name: str) -> None:
    """Remove a file or a folder, and the folders above that are then empty."""
    path = root / name
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()


def names_in(root: Path, pattern: str) -> Iterator[str]:
    """Yield the names of the files that are there."""
    return (path.relative_to(root).as_posix() for path in root.rglob(pattern) if path.is_file())


def has_room(root: Path) -> bool:
    """Say whether the disk can take more: copies must not take the last room from inquiries."""
    return shutil.disk_usage(root).free // 1_000_000 >= LITTLE
