"""A site whose nightly backups have a folder, a key, and programs that copy them away."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey


@pytest.fixture
def folder(settings, tmp_path):
    """The folder of the backups."""
    settings.BACKUP_KEY = X25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    settings.BACKUP_DIR = str(tmp_path / "backup")
    settings.BACKUP_PROGRAMS = str(tmp_path / "backup.d")
    for name in ("backup", "backup.d", "copies"):
        (tmp_path / name).mkdir()
    return tmp_path / "backup"


@pytest.fixture
def put_program(tmp_path):
    """Return a function that puts a program among those that copy backups away."""

    def put(name, script, mode=0o755):
        path = tmp_path / "backup.d" / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(mode)

    return put
