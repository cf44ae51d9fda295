"""SQLite as this site sets it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

LOCKED_AT_FIRST = """
import sqlite3
import django
from django.conf import settings

settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0
django.setup()
from django.db import connection

connection.ensure_connection()
other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
other.execute("BEGIN EXCLUSIVE")
connection.features.has_json_object_function
other.rollback()
print(connection.features.has_json_object_function)
"""


def test_a_database_that_was_locked_when_it_was_first_asked_can_be_read_afterwards(tmp_path):
    """Django would remember for the life of the process that this SQLite knows no JSON: no facts on any page."""
    sqlite3.connect(tmp_path / "site.sqlite3").close()
    done = subprocess.run(
        [sys.executable, "-c", LOCKED_AT_FIRST],
        env={
            **os.environ,
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
            "DJANGO_SETTINGS_MODULE": "mestring.settings",
        },
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "True", done.stderr


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its files itself")
def test_database_and_keys_are_their_owner_s_alone(built_site):
    made = [*built_site.glob("*.sqlite3"), *(built_site / "keys").iterdir()]
    assert len(made) > 3
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []
