"""The database itself refuses to rewrite the access log, past the application too."""

from contextlib import nullcontext
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from contact.audit import triggers
from contact.audit.hash_chain import link_new_entries
from contact.cases.reading import open_inquiry
from contact.models import AccessEntry, AuditSegment
from tests.contact.audit import database_clock

pytestmark = pytest.mark.django_db
TABLES = ["contact_accessentry", "contact_accesslink", "contact_auditsegment"]


@pytest.fixture
def chained(inquiry):
    link_new_entries()


def say(*statements):
    """Speak to the database as an intruder who has its password."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        *(f"DELETE FROM {table}" for table in TABLES),
        "UPDATE contact_accessentry SET username = 'astrid'",
        "UPDATE contact_accesslink SET digest = ''",
        "UPDATE contact_auditsegment SET month = '1999-01'",
        "UPDATE contact_auditsegment SET dropped_at = '2026-01-01 00:00:00+00:00'",
    ],
)
def test_a_row_is_neither_changed_nor_deleted_nor_the_open_month_dropped(chained, statement):
    with pytest.raises(IntegrityError, match="append-only"):
        say(statement)


@pytest.fixture
def closed_month(db):
    """A month that is closed, and kept until the end of November 2026."""
    for month in (10, 11):
        with time_machine.travel(datetime(2023, month, 5, tzinfo=UTC), tick=False):
            AccessEntry.objects.create(action="opened")
            link_new_entries()
    assert AuditSegment.objects.get(number=1).keep_until == date(2026, 11, 1)


@pytest.mark.parametrize("dropped_at", ["2026-10-15 12:00:00", "2026-11-01 12:00:00", "2099-01-01 00:00:00"])
def test_a_closed_month_is_not_dropped_before_its_time_whatever_time_is_written(closed_month, dropped_at):
    statement = f"UPDATE contact_auditsegment SET dropped_at = '{dropped_at}+00:00' WHERE number = 1"
    now = datetime(2026, 10, 15, 12, tzinfo=UTC)
    with database_clock.travel(now), pytest.raises(IntegrityError, match="append-only"):
        say(statement)


@pytest.mark.parametrize(
    ("dropped_at", "refused"),
    [
        ("2026-11-02 12:30:00", False),
        ("2026-11-02 10:30:00", True),
        ("2026-11-02 13:30:00", True),
        ("2099-01-01 00:00:00", True),
    ],
)
def test_after_its_time_a_month_is_dropped_with_the_time_of_that_moment_only(closed_month, dropped_at, refused):
    statement = f"UPDATE contact_auditsegment SET dropped_at = '{dropped_at}+00:00' WHERE number = 1"
    answer = pytest.raises(IntegrityError, match="append-only") if refused else nullcontext()
    with database_clock.travel(datetime(2026, 11, 2, 12, tzinfo=UTC)), answer:
        say(statement)


@pytest.mark.parametrize("table", TABLES[:2])
def test_tables_of_ones_own_under_the_same_names_do_not_answer_for_the_site_s(chained, table):
    """Each program that may connect may make temporary tables, and the database finds them first."""
    columns = "number BIGINT, segment_id BIGINT, entry_id BIGINT, first_link BIGINT, dropped_at TIMESTAMP"
    with transaction.atomic(), connection.cursor() as cursor:
        for own in TABLES[1:]:
            cursor.execute(f"CREATE TEMPORARY TABLE {own} ({columns})")
        cursor.execute(f"INSERT INTO {TABLES[1]} (number, segment_id, entry_id) SELECT 1, 1, id FROM {TABLES[0]}")
        cursor.execute(f"INSERT INTO {TABLES[2]} (number, dropped_at) VALUES (1, '2020-01-01')")
    where = "main" if connection.vendor == "sqlite" else "public"
    try:
        with pytest.raises(IntegrityError, match="append-only"):
            say(f"DELETE FROM {where}.{table}")
    finally:
        say(*(f"DROP TABLE {own}" for own in TABLES[1:]))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has REPLACE")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_not_replaced(chained, table):
    with pytest.raises(IntegrityError, match="append-only"):
        say(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has TRUNCATE")
@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_not_emptied(chained, table):
    with pytest.raises(IntegrityError, match="append-only"):
        say("SET CONSTRAINTS ALL IMMEDIATE", f"TRUNCATE {table} CASCADE")


def test_rows_can_always_be_added(chained):
    AccessEntry.objects.create(action=AccessEntry.Action.PAPER_WRONG)
    assert link_new_entries() == 1


def test_a_colleague_s_account_can_go_and_their_entries_stay_as_they_were_written(inquiry, inquiry_staff):
    open_inquiry(inquiry, inquiry_staff)
    number = inquiry_staff.pk
    inquiry_staff.delete()
    opened = AccessEntry.objects.get(action=AccessEntry.Action.OPENED)
    assert (opened.user_id, opened.username) == (number, "ivar")
    assert not User.objects.filter(pk=number).exists()


def test_all_triggers_are_there_after_the_migrations(db):
    assert triggers.missing_triggers(connection) == []


def test_one_that_was_taken_away_or_made_harmless_is_missing_and_comes_back_with_the_next_migrate(db):
    one, other = triggers.TRIGGERS[connection.vendor][:2]
    say(triggers._removal(connection, one), triggers._removal(connection, other))
    body = {
        "sqlite": [f"CREATE TRIGGER {other.name} BEFORE DELETE ON {other.table} BEGIN SELECT 1; END"],
        "postgresql": [
            f"CREATE OR REPLACE FUNCTION {other.name}() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN OLD; END $$",
            f"CREATE TRIGGER {other.name} BEFORE DELETE ON {other.table} FOR EACH ROW "
            f"EXECUTE FUNCTION {other.name}()",
        ],
    }
    say(*body[connection.vendor])
    assert triggers.missing_triggers(connection) == [one.name, other.name]
    call_command("migrate", verbosity=0)
    assert triggers.missing_triggers(connection) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot switch a trigger off")
def test_one_that_is_switched_off_is_missing(db):
    say("ALTER TABLE contact_accessentry DISABLE TRIGGER audit_entry_update")
    assert triggers.missing_triggers(connection) == ["audit_entry_update"]


def test_a_migration_of_the_contact_room_puts_them_aside_and_back(chained):
    """On SQLite, a table that another table's trigger names cannot be made anew."""
    triggers.remove_before_migration(plan=[(type("Migration", (), {"app_label": "pages"}), False)])
    assert triggers.missing_triggers(connection) == []
    triggers.remove_before_migration(plan=[(type("Migration", (), {"app_label": "contact"}), False)])
    assert len(triggers.missing_triggers(connection)) == len(triggers.TRIGGERS[connection.vendor])
    triggers.create_triggers()
    assert triggers.missing_triggers(connection) == []
