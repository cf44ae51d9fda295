"""Secrets that a demo site makes for itself on its first start.

The atomic write comes from contact.crypto.files, a leaf that imports no model: settings may import it.
"""

import secrets
from pathlib import Path

from contact.crypto.files import write_once


def load_or_make_secret(folder: Path, name: str) -> str:
    """Return the secret in folder/name; make it first if there is none: 256 bits, readable by its owner alone."""
    path = folder / name
    text = path.read_text(encoding="ascii") if path.exists() else write_once(path, secrets.token_urlsafe(32))
    return text.strip()
