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
    "tests/deploy/test_database_roles",
    "tests/mestring/backup",
    "tests/mestring/cache",
    "tests/mestring/config",
    "tests/mestring/doctor",
    "tests/mestring/metrics",
    "tests/mestring/operator_mail",
    "tests/mestring/staff/accounts",
    "tests/mestring/staff/second_factor/test_codes",
    "tests/mestring/staff/sign_on/test_connect",
    "tests/mestring/staff/test_dashboard",
    "tests/mestring/staff/login/test_throttle",
    "tests/mestring/test_every_address.py",
    "tests/mestring/readiness/test_readiness.py",
    "tests/pages/admin/saving/test_saves_at_once.py",
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
# What lies there and asks plain questions only, of which others there ask a hundred: rows by their values, in the
# order of a number or a time. A new file runs on both until it stands here. The mark `plain` says it of one test.
PLAIN = (
    "tests/contact/audit/test_staff_activity",
    "tests/contact/cases/test_business_hours",
    "tests/contact/cases/test_contact_attempts",
    "tests/contact/cases/test_deadlines",
    "tests/contact/cases/test_next_step",
    "tests/contact/cases/test_promised_calls",
    "tests/contact/cases/test_spam_marks",
    "tests/contact/exports",
    "tests/contact/keys/test_losing_the_right",
    "tests/contact/keys/test_recovery",
    "tests/contact/keys/test_replacing_recovery_paper",
    "tests/contact/notifications/test_answer_mail",
    "tests/contact/notifications/test_mail_server_faults",
    "tests/contact/notifications/test_refused_mail",
    "tests/contact/notifications/test_reminders",
    "tests/contact/retention/test_erasure_list",
    "tests/contact/retention/test_rules",
    "tests/contact/sender/test_contact_details",
    "tests/contact/sender/test_cross_site",
    "tests/contact/sender/test_forms",
    "tests/contact/sender/test_receipt",
    "tests/contact/sender/test_reply_time",
    "tests/contact/sender/test_spam",
    "tests/mestring/backup/test_disk",
    "tests/mestring/backup/test_sealed_file",
    "tests/mestring/backup/test_work_folder",
    "tests/mestring/cache/test_page_cache",
    "tests/mestring/cache/test_plain_visits",
    "tests/pages/editions/test_clinical_gate",
    "tests/pages/editions/test_renaming",
    "tests/pages/links/test_checker",
    "tests/pages/live/test_claims",
    "tests/pages/search/test_crisis",
    "tests/pages/search/test_page",
    "tests/pages/search/test_query",
    "tests/pages/search/test_snippets",
)
# Locks, unions, subqueries, JSON, bulk writes, the database's own errors and its own language.
SPECIAL = re.compile(
    r"select_for_update|(?<!set\(\))\.union\(|\bExists\(|\bSubquery\(|JSONObject|models\.JSONField"
    r"|bulk_create|bulk_update|ignore_conflicts|durable=True|except IntegrityError|\.cursor\(|\.vendor\b"
)


def runs_there(path: str) -> bool:
    """Say whether a test file, named from the project's root, runs on PostgreSQL too."""
    return path.startswith(PLACES) and not path.startswith(PLAIN)


def shows_every_kind() -> bool:
    """Say whether tests of pages of every kind run in this run: on PostgreSQL none but in the proof."""
    return not ON_POSTGRESQL or "postgresql" in proofs.WANTED


def is_special(module: Path) -> bool:
    """Say whether a module asks a database for what databases do differently."""
    return bool(SPECIAL.search(module.read_text(encoding="utf-8")))
