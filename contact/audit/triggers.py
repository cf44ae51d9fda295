"""The database's own refusal to rewrite the access log, for SQLite and PostgreSQL.

Rows of the three tables can be added. No statement changes them, and they are deleted only as a whole month that
was closed and marked as dropped: after its time, and with the time of that moment, both by the database's own
clock. An intruder who may change the schema can remove a trigger; contact.audit
.verification reports that, and a chain that no longer fits.

The triggers are created after every `migrate`, not once by a migration: SQLite makes a table anew to change it,
and the triggers of the old table go with it.
"""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

ENTRY, LINK, SEGMENT = "contact_accessentry", "contact_accesslink", "contact_auditsegment"
REFUSAL = "the access log is append-only"
ALWAYS = "1 = 1"
KINDS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}  # bits of pg_trigger.tgtype
EACH_ROW, BEFORE = 1, 2


@dataclass(frozen=True)
class Trigger:
    """A refusal to change the rows of a table, on both databases."""

    name: str
    table: str
    event: str
    refused: str  # a condition that both databases understand

    def for_sqlite(self) -> str:
        """Return the statement that creates it on SQLite."""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} WHEN {self.refused} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )

    def body(self) -> str:
        """Return the body of its function on PostgreSQL."""
        row = {"INSERT": "NEW", "DELETE": "OLD", "UPDATE": "NEW", "TRUNCATE": "NULL"}[self.event]
        refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
        return f" BEGIN IF {self.refused} THEN {refuse}; END IF; RETURN {row}; END "

    def for_postgresql(self, schema: str) -> str:
        """Return the statements that create its function and the trigger on PostgreSQL, for tables in this schema.

        Each program that may connect may make temporary tables. They are found first, unless they are named last.
        """
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql "
            f"SET search_path = {schema}, pg_temp AS $${self.body()}$$; "
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH {each} EXECUTE FUNCTION {self.name}()"
        )

    def kind(self) -> int:
        """Return the bits in which PostgreSQL stores when it fires."""
        return BEFORE | KINDS[self.event] | (0 if self.event == "TRUNCATE" else EACH_ROW)


DROPPED = "SELECT 1 FROM contact_auditsegment s WHERE s.number = OLD.segment_id AND s.dropped_at IS NOT NULL"
LINK_DROPPED = (
    "SELECT 1 FROM contact_accesslink link JOIN contact_auditsegment s ON s.number = link.segment_id "
    "WHERE link.entry_id = OLD.id AND s.dropped_at IS NOT NULL"
)
CLOCK = {"sqlite": "'now'", "postgresql": "clock_timestamp()"}
# The site's clock may differ from the database's, which no statement can set. In days on SQLite.
TOO_EARLY = {
    "sqlite": f"OLD.keep_until > date({CLOCK['sqlite']})",
    "postgresql": f"OLD.keep_until > ({CLOCK['postgresql']} AT TIME ZONE 'UTC')::date",
}
AT_ANOTHER_TIME = {
    "sqlite": f"abs(julianday(NEW.dropped_at) - julianday({CLOCK['sqlite']})) > 1.0 / 24",
    "postgresql": (
        f"NEW.dropped_at NOT BETWEEN {CLOCK['postgresql']} - interval '1 hour' "
        f"AND {CLOCK['postgresql']} + interval '1 hour'"
    ),
}


def not_just_dropped(vendor: str) -> str:
    """Return when a change of a month is refused: always, but when the time of a closed one is over."""
    return " OR ".join(
        [
            "OLD.dropped_at IS NOT NULL OR NEW.dropped_at IS NULL",
            *(f"NEW.{c} <> OLD.{c}" for c in ("number", "month", "keep_until", "first_link", "starts_from")),
            "NOT EXISTS (SELECT 1 FROM contact_auditsegment later WHERE later.number > OLD.number)",
            TOO_EARLY[vendor],
            AT_ANOTHER_TIME[vendor],
        ]
    )


# A link in a month that was dropped, or outside its month's numbers, would let an entry of now go with that month.
IN_PLACE = (
    "SELECT 1 FROM contact_auditsegment s WHERE s.number = NEW.segment_id AND s.dropped_at IS NULL "
    "AND s.first_link <= NEW.number AND NOT EXISTS (SELECT 1 FROM contact_auditsegment later "
    "WHERE later.number > s.number AND later.first_link <= NEW.number)"
)
EVERYWHERE = [
    Trigger("audit_entry_update", ENTRY, "UPDATE", ALWAYS),
    Trigger("audit_entry_delete", ENTRY, "DELETE", f"NOT EXISTS ({LINK_DROPPED})"),
    Trigger("audit_link_place", LINK, "INSERT", f"NOT EXISTS ({IN_PLACE})"),
    Trigger("audit_link_update", LINK, "UPDATE", ALWAYS),
    Trigger("audit_link_delete", LINK, "DELETE", f"NOT EXISTS ({DROPPED})"),
    Trigger("audit_segment_new", SEGMENT, "INSERT", "NEW.dropped_at IS NOT NULL"),
    Trigger("audit_segment_delete", SEGMENT, "DELETE", ALWAYS),
]
# SQLite's REPLACE deletes the row in its way without firing a DELETE trigger.
ENTRY_THERE = "SELECT 1 FROM contact_accessentry WHERE id = NEW.id"
LINK_THERE = "SELECT 1 FROM contact_accesslink WHERE number = NEW.number OR entry_id = NEW.entry_id"
SEGMENT_THERE = "SELECT 1 FROM contact_auditsegment WHERE number = NEW.number"
TRIGGERS = {
    "sqlite": [
        *EVERYWHERE,
        Trigger("audit_segment_update", SEGMENT, "UPDATE", not_just_dropped("sqlite")),
        Trigger("audit_entry_replace", ENTRY, "INSERT", f"EXISTS ({ENTRY_THERE})"),
        Trigger("audit_link_replace", LINK, "INSERT", f"EXISTS ({LINK_THERE})"),
        Trigger("audit_segment_replace", SEGMENT, "INSERT", f"EXISTS ({SEGMENT_THERE})"),
    ],
    "postgresql": [
        *EVERYWHERE,
        Trigger("audit_segment_update", SEGMENT, "UPDATE", not_just_dropped("postgresql")),
        Trigger("audit_entry_truncate", ENTRY, "TRUNCATE", ALWAYS),
        Trigger("audit_link_truncate", LINK, "TRUNCATE", ALWAYS),
        Trigger("audit_segment_truncate", SEGMENT, "TRUNCATE", ALWAYS),
    ],
}


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that are missing, switched off, or do something else."""
    wanted = TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = dict(cursor.fetchall())
            return [trigger.name for trigger in wanted if found.get(trigger.name) != trigger.for_sqlite()]
        cursor.execute(
            "SELECT t.tgname, c.relname, p.prosrc, t.tgtype FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr::text = '' "
            "AND p.proconfig = ARRAY['search_path=' || quote_ident(current_schema()) || ', pg_temp'] "
            "AND pg_table_is_visible(c.oid)"
        )
        rows = set(cursor.fetchall())
    return [t.name for t in wanted if (t.name, t.table, t.body(), t.kind()) not in rows]


def strange_parts(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of what is not ours on the three tables, and can leave out, alter, hide or add entries.

    Triggers; on PostgreSQL also rules, policies, and tables that inherit; on SQLite a table that leaves out rows.
    """
    ours = {trigger.name for trigger in TRIGGERS[connection.vendor]}
    statement = {
        "sqlite": (
            "SELECT name FROM sqlite_master WHERE lower(tbl_name) IN (%s, %s, %s) AND "
            "(type = 'trigger' OR type = 'table' AND upper(sql) LIKE '%%ON CONFLICT%%')"
        ),
        "postgresql": (
            "WITH log AS (SELECT oid FROM pg_class WHERE relname IN (%s, %s, %s) AND pg_table_is_visible(oid)) "
            "SELECT tgname FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM log) AND NOT tgisinternal "
            "UNION SELECT rulename FROM pg_rewrite WHERE ev_class IN (SELECT oid FROM log) "
            "UNION SELECT polname FROM pg_policy WHERE polrelid IN (SELECT oid FROM log) "
            "UNION SELECT relname FROM pg_class WHERE relrowsecurity AND oid IN (SELECT oid FROM log) "
            "UNION SELECT relname FROM pg_class JOIN pg_inherits ON inhrelid = oid "
            "WHERE inhparent IN (SELECT oid FROM log)"
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement, [ENTRY, LINK, SEGMENT])
        return sorted(name for (name,) in cursor.fetchall() if name not in ours)


def create_triggers(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Create the triggers that are missing; a receiver of `post_migrate`."""
    connection = connections[using]
    if not _has_tables(connection):
        return
    names = missing_triggers(connection)
    with transaction.atomic(using=using):
        for trigger in TRIGGERS[connection.vendor]:
            if trigger.name in names:
                put_in_place(connection, trigger)


def put_in_place(connection: BaseDatabaseWrapper, trigger: Trigger) -> None:
    """Create a trigger, in the place of one of its name."""
    with connection.cursor() as cursor:
        cursor.execute(_removal(connection, trigger))
        if connection.vendor == "sqlite":
            cursor.execute(trigger.for_sqlite())
        else:
            cursor.execute("SELECT quote_ident(current_schema())")
            cursor.execute(trigger.for_postgresql(cursor.fetchone()[0]))


def remove_before_migration(using: str = DEFAULT_DB_ALIAS, plan: Any = (), **_signal: Any) -> None:
    """Remove the triggers before a migration that may make a table anew; a receiver of `pre_migrate`."""
    if any(migration.app_label == "contact" for migration, _backwards in plan):
        remove_triggers(connections[using])


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Remove all triggers."""
    if not _has_tables(connection):
        return
    with connection.cursor() as cursor:
        for trigger in TRIGGERS[connection.vendor]:
            cursor.execute(_removal(connection, trigger))


def _removal(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    return f"DROP TRIGGER IF EXISTS {trigger.name}" + (
        f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
    )


def _has_tables(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor in TRIGGERS and {ENTRY, LINK, SEGMENT} <= set(connection.introspection.table_names())
