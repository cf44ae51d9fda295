"""Files that must survive a crash: on disk before anything relies on them, and whole or not there at all.

A write reaches the disk only with `fsync`, and a file's name only with `fsync` of its folder. Without the second,
a machine that loses power can come back with the content and without the name.

Imports nothing of Django, because the settings read their own secrets through this module.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

OWNER_ONLY = 0o600


def write_once(path: Path, content: str, *, mode: int = OWNER_ONLY) -> str:
    """Write content to path unless the file exists; return what the file holds.

    Bytes that are no text become signs that fit nothing: another encoding stops no start.
    Two processes at once agree: each writes a draft of its own, and linking a draft into place is the one step
    that only the first can take.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _draft_beside(path, mode) as (draft, file):
        file.write(content.encode())
        _sync(file)
        with suppress(FileExistsError):  # another process was first: its file counts
            path.hardlink_to(draft)
    _sync_folder(path.parent)
    return path.read_text(encoding="utf-8", errors="replace")


@contextmanager
def replace_whole(path: Path, *, mode: int = OWNER_ONLY) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the name when the block ends, in place of a file that had it.

    When the block fails, the old file stays, and nothing is left of the new one. A link of that name is replaced
    as well. Following it is refused: in a folder that others may write to, it could lead to any file.
    """
    with _draft_beside(path, mode) as (draft, file):
        yield file
        _sync(file)
        draft.replace(path)
    _sync_folder(path.parent)


def append_line(path: Path, line: str, *, mode: int = OWNER_ONLY) -> None:
    """Add a line; a file that is new gets these rights.

    A line that a crash cut short before it stays a line of its own, and spoils no other.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY)
    try:
        if is_new:
            os.fchmod(descriptor, mode)
        size = os.fstat(descriptor).st_size
        is_cut_short = size and os.pread(descriptor, 1, size - 1) != b"\n"
        # One write, so that lines of two processes never mix.
        os.write(descriptor, (f"\n{line}\n" if is_cut_short else f"{line}\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _sync_folder(path.parent)


@contextmanager
def _draft_beside(path: Path, mode: int) -> Iterator[tuple[Path, BinaryIO]]:
    """Give a draft under a name of its own, so that two writers at once never share one, and remove it after."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
            os.fchmod(file.fileno(), mode)  # not `open`'s own: the umask takes away from that
            yield draft, file
    finally:
        draft.unlink(missing_ok=True)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
