"""A folder for clear rows that a command works with for a while, and that no killed command leaves for long."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

KINDS = ("backup", "checking", "restoring")


@contextmanager
def work_folder(kind: str, parent: Path) -> Iterator[Path]:
    """Yield a new folder, for its owner alone, which is removed afterwards."""
    remove_abandoned(parent)
    with _turn(parent):
        folder = Path(tempfile.mkdtemp(dir=parent, prefix=f"{kind}-"))
        descriptor = os.open(folder, os.O_RDONLY)
        with suppress(OSError):  # some file systems, such as NFS, lock no folder: then none is removed either
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # goes with the process, however that ends
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        os.close(descriptor)


def remove_abandoned(*parents: Path) -> int:
    """Remove the folders of commands that were killed; return how many.

    They may hold inquiries that are erased by now. Their age says nothing: a large site takes hours.
    """
    count = 0
    for parent in filter(Path.is_dir, parents or _usual_parents()):
        with _turn(parent):
            for kind in KINDS:
                count += sum(_remove_unless_in_use(folder) for folder in parent.glob(f"{kind}-*"))
    return count


@contextmanager
def _turn(parent: Path) -> Iterator[None]:
    """Let no other command look between the making of a folder and its lock."""
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _usual_parents() -> set[Path]:
    return {Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT).parent}


def _remove_unless_in_use(folder: Path) -> bool:
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False  # gone meanwhile, a file, or a link
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False  # in use, or on a file system that locks no folder
    else:
        shutil.rmtree(folder, ignore_errors=True)
        return True
    finally:
        os.close(descriptor)
