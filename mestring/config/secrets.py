"""Secrets that a demo site makes for itself on its first start.

The atomic write comes from contact.crypto.files, a leaf that imports no model: settings may import it.
"""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from contact.crypto.files import write_once

SHORTEST = 40  # characters


def load_or_make_secret(folder: Path, name: str) -> str:
    """Return the secret in folder/name; make it first if there is none: 256 bits, readable by its owner alone.

    Raises ImproperlyConfigured for a file that was cut short, as by a full disk: an empty secret is known to all.
    """
    path = folder / name
    text = path.read_text(encoding="ascii") if path.exists() else write_once(path, secrets.token_urlsafe(32))
    if len(text.strip()) < SHORTEST:
        raise ImproperlyConfigured(f"{path} is cut short. Put a copy back, or delete it and a new secret is made.")
    return text.strip()
