"""Files with keys: readable by their owner only, on disk before anything relies on them, made once."""

import os
import secrets
from pathlib import Path


def made_once(path: Path, content: str) -> str:
    """Write content to path unless it exists already; return what the file holds.

    Two processes at once agree: each writes a draft of its own, and linking it into place is the one
    step that only the first can take. A crash leaves either no file or a whole one.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process was first: its file counts
    finally:
        draft.unlink()
    _sync_folder(path.parent)
    return path.read_text(encoding="utf-8")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
