"""Secrets that a site makes for itself on its first start."""

import secrets
from pathlib import Path

from contact.crypto.files import write_once


def secret_from(folder: Path, name: str) -> str:
    """Return the secret kept in folder/name; make it (256 bits, its owner's only) when there is none."""
    path = folder / name
    text = path.read_text(encoding="ascii") if path.exists() else write_once(path, secrets.token_urlsafe(32))
    return text.strip()
