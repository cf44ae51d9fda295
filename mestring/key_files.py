"""Secrets that a site makes for itself on its first start, each in a file only its owner can read."""

import os
import secrets
from pathlib import Path


def secret_from(folder: Path, name: str) -> str:
    """Return the secret kept in folder/name; make it (256 bits, mode 0600) when there is none.

    Two processes that start at once agree: the file is made under a private name and linked into
    place, so the first one wins and the other reads what it wrote.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
