"""`inbox audit --verify` finds what an intruder changed after taking the triggers away."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from contact.audit import triggers
from contact.audit.chain_heads import heads_file, write_head
from contact.audit.hash_chain import drop_expired_months, link_new_entries
from contact.audit.verification import verify
from contact.models import AccessEntry, AccessLink
from tests.contact.audit import database_clock

pytestmark = pytest.mark.django_db
ENTRY, LINK, SEGMENT = "contact_accessentry", "contact_accesslink", "contact_auditsegment"


def audit():
    out = io.StringIO()
    call_command("inbox", "audit", "--verify", stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def log(db):
    """Nine entries of the last nine hours, each linked when it was written, and a head after the sixth."""
    now = timezone.now()
    for hour in range(9):
        with time_machine.travel(now - timedelta(hours=9 - hour), tick=False):
            AccessEntry.objects.create(action="opened", username="ivar", reference=f"000{hour}-0000")
            link_new_entries()
            if hour == 5:
                write_head()
    return list(AccessEntry.objects.order_by("pk"))


@pytest.fixture
def intruder(log):
    """Run a statement past the triggers, and put them back as an intruder would."""

    def say(statement, *values):
        triggers.remove_triggers(connection)
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        triggers.create_triggers()

    return say


def broken_at():
    """Return what the command says is broken."""
    with pytest.raises(CommandError) as found:
        audit()
    return str(found.value)


def test_an_untouched_log_is_as_it_was_written(log):
    said = audit()
    assert "9" in said
    assert AccessLink.objects.get(number=9).digest in said


def test_it_fails_with_status_1(intruder, log):
    intruder(f"DELETE FROM {ENTRY} WHERE id = %s", log[3].pk)
    with pytest.raises(CommandError) as found:
        audit()
    assert found.value.returncode == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("username", "astrid"),
        ("action", "closed"),
        ("reference", "FFFF-0000"),
        ("user_id", 4),
        ("inquiry_id", "8c0f4df7b8d34f0b8f3c3d5f6a7b8c9d"),
        ("at", "2026-01-01 00:00:00+00:00"),
    ],
)
def test_a_changed_row_is_found_and_named(intruder, log, column, value):
    intruder(f"UPDATE {ENTRY} SET {column} = %s WHERE id = %s", value, log[3].pk)
    assert f"Ledd 4 stemmer ikke: oppføring {log[3].pk}" in broken_at()


def test_a_deleted_row_is_found(intruder, log):
    intruder(f"DELETE FROM {ENTRY} WHERE id = %s", log[3].pk)
    assert "Oppføringen i ledd 4 er borte" in broken_at()


def test_a_row_deleted_with_its_link_is_found(intruder, log):
    intruder(f"DELETE FROM {LINK} WHERE entry_id = %s", log[3].pk)
    intruder(f"DELETE FROM {ENTRY} WHERE id = %s", log[3].pk)
    assert "Ledd 4 er borte" in broken_at()


def test_rows_that_changed_places_are_found(intruder, log):
    intruder(f"UPDATE {LINK} SET entry_id = -1 WHERE number = 4")
    intruder(f"UPDATE {LINK} SET entry_id = %s WHERE number = 5", log[3].pk)
    intruder(f"UPDATE {LINK} SET entry_id = %s WHERE number = 4", log[4].pk)
    assert "Ledd 4 stemmer ikke" in broken_at()


def test_a_row_slipped_in_between_is_found_before_and_after_it_is_linked(intruder, log):
    AccessEntry.objects.create(action="opened", username="ivar", at=log[3].at)
    assert "er ikke med i kjeden" in broken_at()
    assert "fantes ikke før" in broken_at()


def test_a_row_slipped_in_with_a_link_of_its_own_is_found(intruder, log):
    AccessEntry.objects.create(action="opened", username="ivar", at=log[3].at)
    newest = AccessEntry.objects.order_by("-pk")[0]
    for number in range(9, 3, -1):
        intruder(f"UPDATE {LINK} SET number = %s WHERE number = %s", number + 1, number)
    AccessLink.objects.create(number=4, segment_id=1, entry=newest, linked_at=log[3].at, digest="0" * 64)
    assert "Ledd 4 stemmer ikke" in broken_at()


def cut(intruder, log, first):
    intruder(f"DELETE FROM {LINK} WHERE number >= %s", first)
    intruder(f"DELETE FROM {ENTRY} WHERE id >= %s", log[first - 1].pk)


def test_a_tail_cut_off_before_the_newest_head_is_found(intruder, log):
    cut(intruder, log, 5)
    assert "slutten av kjeden er kuttet" in broken_at()


def test_a_chain_built_anew_without_a_row_contradicts_the_head(intruder, log):
    intruder(f"DELETE FROM {LINK}")
    intruder(f"DELETE FROM {SEGMENT}")
    intruder(f"DELETE FROM {ENTRY} WHERE id = %s", log[3].pk)
    link_new_entries()
    assert "laget på nytt" in broken_at()


def test_a_tail_cut_off_after_the_newest_head_is_not_found_until_the_next_head(intruder, log):
    """What docs/security.md does not promise."""
    cut(intruder, log, 8)
    assert audit()


def test_a_whole_month_that_is_taken_away_is_found(intruder, log):
    for table in (LINK, SEGMENT, ENTRY):
        intruder(f"DELETE FROM {table}")
    assert "som ikke finnes i kjeden" in broken_at()


def test_a_month_that_was_changed_is_found(intruder, log):
    intruder(f"UPDATE {SEGMENT} SET keep_until = '2026-12-02'")
    assert "Ledd 1 stemmer ikke" in broken_at()


@pytest.mark.parametrize("name", ["audit_entry_update", "audit_link_delete", "audit_segment_delete"])
def test_a_trigger_that_is_gone_is_found(log, name):
    trigger = next(one for one in triggers.EVERYWHERE if one.name == name)
    with connection.cursor() as cursor:
        cursor.execute(triggers._removal(connection, trigger))
    assert name in broken_at()


def test_a_changed_line_in_the_file_with_the_heads_is_found(log):
    heads_file().write_text(heads_file().read_text().replace(" 6 ", " 5 "))
    assert "laget på nytt" in broken_at()


def test_an_entry_of_this_moment_is_no_reason_for_alarm(log):
    AccessEntry.objects.create(action="opened")
    assert audit()


def test_when_no_head_was_written_for_two_days_that_is_said(log):
    heads_file().unlink()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert str(heads_file()) in broken_at()


def test_a_file_with_heads_that_cannot_be_read_is_said(log):
    heads_file().unlink()
    heads_file().mkdir()
    assert "IsADirectoryError" in broken_at()


def test_after_an_outage_of_the_delivery_process_nothing_is_called_slipped_in(log):
    now = timezone.now()
    for hours in (1, 2, 30):
        AccessEntry.objects.create(action="opened", at=now + timedelta(hours=hours))
    with time_machine.travel(now + timedelta(hours=31)):
        link_new_entries()
        assert verify().broken == []


# --- dropped months ----------------------------------------------------------------------------

EARLY, IN_TIME = datetime(2023, 2, 3, tzinfo=UTC), datetime(2023, 3, 10, tzinfo=UTC)
OF_FEBRUARY = f"(SELECT entry_id FROM {LINK} WHERE segment_id = 2)"
# The three statements with which a month once vanished unseen, and the times that an intruder may write.
MARKED = f"UPDATE {SEGMENT} SET dropped_at = '{{}}' WHERE number = 2"
WITHOUT_ENTRIES = f"DELETE FROM {ENTRY} WHERE id IN {OF_FEBRUARY}"
WITHOUT_LINKS = f"DELETE FROM {LINK} WHERE segment_id = 2"


@pytest.fixture
def old(db):
    """Three months, of which the first is dropped when its time is over; its last day's head is kept."""
    for month in (1, 2, 3):
        with time_machine.travel(datetime(2020, month, 5, tzinfo=UTC), tick=False):
            AccessEntry.objects.create(action="opened")
            link_new_entries()
            write_head()
    with database_clock.travel(datetime(2023, 2, 2, tzinfo=UTC)):
        drop_expired_months()
        write_head()


def found(at=EARLY):
    with time_machine.travel(at, tick=False):
        return " ".join(verify().broken)


def past_triggers(*statements):
    """Run statements as an intruder who may change the schema."""
    triggers.remove_triggers(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    triggers.create_triggers()


def test_a_month_that_was_dropped_in_time_is_fine(old):
    assert found() == ""


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        ([MARKED.format("2099-01-01 00:00:00+00:00")], "ikke fjernet slik måneder blir fjernet"),
        ([WITHOUT_ENTRIES], "Oppføringen i ledd 2 er borte"),
        ([WITHOUT_LINKS], "begynner ikke der"),
    ],
)
def test_each_statement_that_would_make_a_month_vanish_is_found_by_itself(old, statements, says):
    past_triggers(*statements)
    assert says in found()


@pytest.mark.parametrize(
    ("dropped_at", "verified", "says"),
    [
        ("2023-02-03 00:00:00+00:00", EARLY, "før tiden"),
        ("2023-03-05 00:00:00+00:00", EARLY, "før tiden"),
        ("2099-01-01 00:00:00+00:00", IN_TIME, "ikke har vært"),
        ("2023-03-08 00:00:00+00:00", IN_TIME, "uten at det er ført"),
    ],
)
def test_a_month_that_vanished_whole_is_found_whatever_time_was_written(old, dropped_at, verified, says):
    past_triggers(MARKED.format(dropped_at), WITHOUT_ENTRIES, WITHOUT_LINKS)
    assert says in found(verified)


def test_a_dropped_month_s_last_head_must_be_what_the_next_month_begins_with(old):
    text = heads_file().read_text().splitlines()
    heads_file().write_text("\n".join([text[0][:-64] + "0" * 64, *text[1:]]) + "\n")
    assert "laget på nytt" in found()


def speak(statements):
    """Speak to the database as an intruder who has its password."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize("segment", [1, 2])
@pytest.mark.parametrize("number", [-5, 1, 99])
def test_no_entry_of_now_goes_with_a_month_that_was_dropped_or_is_closed(old, segment, number):
    """An intruder with the database's password, triggers in place: link it there, delete it, delete the link."""
    entry = AccessEntry.objects.create(action="opened")
    columns = "(number, segment_id, entry_id, linked_at, digest)"
    values = f"({number}, {segment}, {entry.pk}, '2023-02-03 00:00:00+00:00', '')"
    statements = [
        f"INSERT INTO {LINK} {columns} VALUES {values}",
        f"DELETE FROM {ENTRY} WHERE id = {entry.pk}",
        f"DELETE FROM {LINK} WHERE number = {number}",
    ]
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        speak(statements)
    link_new_entries()
    assert AccessLink.objects.filter(entry=entry).exists()


def test_a_trigger_that_was_added_is_found_by_name(log):
    """One that leaves out or alters what one colleague does would break no link."""
    made = {
        "sqlite": f"CREATE TRIGGER quiet BEFORE INSERT ON {ENTRY} BEGIN SELECT 1; END",
        "postgresql": (
            "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.username := 'ivar'; "
            f"RETURN NEW; END $$; CREATE TRIGGER quiet BEFORE INSERT ON {ENTRY} "
            "FOR EACH ROW EXECUTE FUNCTION quiet()"
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(made[connection.vendor])
    assert "quiet" in broken_at()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has rules")
def test_a_rule_that_was_added_is_found_by_name(log):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE RULE hush AS ON INSERT TO {ENTRY} WHERE NEW.username = 'kari' DO INSTEAD NOTHING")
    assert "hush" in broken_at()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has them")
@pytest.mark.parametrize(
    "statements",
    [
        f"CREATE POLICY hush ON {ENTRY} USING (username <> 'kari'); CREATE POLICY rest ON {ENTRY} FOR INSERT "
        f"WITH CHECK (true); ALTER TABLE {ENTRY} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        f"CREATE TABLE hush () INHERITS ({ENTRY})",
    ],
)
def test_what_hides_entries_or_adds_some_beside_the_table_is_found_by_name(log, statements):
    """An entry that no reader sees is in no link, so no link is broken."""
    with connection.cursor() as cursor:
        cursor.execute(statements)
    assert "hush" in broken_at()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has them")
@pytest.mark.parametrize(
    "statements",
    [
        f"DROP TRIGGER audit_entry_update ON {ENTRY}; CREATE TRIGGER audit_entry_update "
        f"BEFORE UPDATE OF reference ON {ENTRY} FOR EACH ROW EXECUTE FUNCTION audit_entry_update()",
        "ALTER FUNCTION audit_entry_update() SET search_path = elsewhere",
    ],
)
def test_a_trigger_that_looks_at_one_column_or_elsewhere_does_not_pass_for_ours(log, statements):
    with connection.cursor() as cursor:
        cursor.execute(statements)
    assert "audit_entry_update" in broken_at()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite leaves rows out by a rule of the table")
def test_a_table_that_leaves_out_what_does_not_fit_is_found_by_name(log):
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [ENTRY])
        made = cursor.fetchone()[0]
        cursor.execute("PRAGMA writable_schema = ON")
        changed = made.rstrip(")") + ', UNIQUE ("username", "action") ON CONFLICT IGNORE)'
        cursor.execute("UPDATE sqlite_master SET sql = %s WHERE name = %s", [changed, ENTRY])
        cursor.execute("PRAGMA writable_schema = OFF")
    assert ENTRY in broken_at()
