"""What runs on PostgreSQL too: rules that a database keeps, where they live; and one request to every address.

Screens, forms and pure functions do the same on both, and run on SQLite alone; the long proof `postgresql` runs
them on both. test_postgresql_leg.py finds a module that asks a database something special and whose tests are in
none of these places.
"""

import re
from pathlib import Path

from tests import proofs
from tests.site_database import ON_POSTGRESQL

PLACES = (
    "tests/contact/audit",
    "tests/contact/cases",
    "tests/contact/exports",
    "tests/contact/keys",
    "tests/contact/notifications",
    "tests/contact/retention",
    "tests/contact/sender/test_",
    "tests/mestring/backup",
    "tests/mestring/cache",
    "tests/mestring/config",
    "tests/mestring/staff/second_factor/test_codes",
    "tests/mestring/staff/test_dashboard",
    "tests/mestring/staff/login/test_throttle",
    "tests/mestring/test_every_address.py",
    "tests/mestring/test_readiness.py",
    "tests/pages/admin/page/test_saves_at_once.py",
    "tests/pages/admin/test_list.py",
    "tests/pages/editions",
    "tests/pages/links",
    "tests/pages/live",
    "tests/pages/models",
    "tests/pages/pictures",
    "tests/pages/replace",
    "tests/pages/search",
    "tests/pages/tree",
    "tests/test_cast.py",
)
# Locks, unions, subqueries, JSON, bulk writes, the database's own errors and its own language.
SPECIAL = re.compile(
    r"select_for_update|(?<!set\(\))\.union\(|\bExists\(|\bSubquery\(|JSONObject|models\.JSONField"
    r"|bulk_create|bulk_update|ignore_conflicts|durable=True|except IntegrityError|\.cursor\(|\.vendor\b"
)


def runs_there(path: str) -> bool:
    """Say whether a test file, named from the project's root, runs on PostgreSQL too."""
    return path.startswith(PLACES)


def shows_every_kind() -> bool:
    """Say whether tests of pages of every kind run in this run: on PostgreSQL none but in the proof."""
    return not ON_POSTGRESQL or "postgresql" in proofs.WANTED


def is_special(module: Path) -> bool:
    """Say whether a module asks a database for what databases do differently."""
    return bool(SPECIAL.search(module.read_text(encoding="utf-8")))
