"""What /readyz says of this machine.

Red (503): it cannot show pages or store inquiries, so a load balancer must send people elsewhere. Yellow (200): it
serves, and an operator has to look.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from contact.crypto import recipient_key
from contact.keys.inbox_openers import can_none_open
from contact.keys.key_holders import is_server_key_broken
from contact.keys.keyring import is_newest_taken_away, is_pinned
from contact.models import InboxKey
from contact.notifications.heartbeat import is_beating
from contact.notifications.outbox import is_failing, is_held
from contact.rehearsal.faults import FAULTS
from contact.rehearsal.state import trouble
from mestring import disk_room
from mestring.backup.watch.state import backup_state
from mestring.backup.watch.words import FOR_OPERATORS
from mestring.emergency.age import is_late
from mestring.launch.gate import forms_are_open
from mestring.staff.accounts.mails import account_mail_fails

Reasons = Iterator[str]


@dataclass(frozen=True)
class CheckResult:
    """What one check found; without reasons, that all is well."""

    level: str  # red or yellow
    name: str
    reasons: list[str]


def readiness() -> tuple[int, list[str]]:
    """Return the status of the answer, and its lines."""
    lines = [f"{result.level}: {reason}" for result in check_results() for reason in result.reasons]
    is_red = any(line.startswith("red: ") for line in lines)
    return (503, lines) if is_red else (200, ["ready", *lines])


def check_results() -> list[CheckResult]:
    """Ask every check; the yellow ones only where none is red, as they ask for tables that may not be there."""
    found = [CheckResult("red", "database", [])]
    try:
        for level, checks in (("red", RED), ("yellow", YELLOW)):
            if not any(result.reasons for result in found):
                found += [CheckResult(level, check.__name__, list(check())) for check in checks]
    except Error:
        return [CheckResult("red", "database", ["the database does not answer"])]
    return found


# --- red --------------------------------------------------------------------------------------------
def static_files() -> Reasons:
    """Look for static files that the pages of this release name, and that were not collected."""
    collected = getattr(staticfiles_storage, "hashed_files", None)  # tests read the source files
    if collected is not None and (missing := len(static_names() - set(collected))):
        yield f"{missing} static files are missing; run collectstatic and restart"


def migrations() -> Reasons:
    """Look for migrations that the database lacks: the code would ask for columns that are not there."""
    if missing := count_missing_migrations():
        yield f"the database lacks {missing} migrations; run migrate"
    elif newer_migrations(applied_migrations()):
        yield from unfit_tables()


def unfit_tables() -> Reasons:
    """Look for tables of newer code that this code cannot read, or cannot write a row to."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            ours = {field.column for field in model._meta.concrete_fields}
            described = connection.introspection.get_table_description(cursor, table)
            theirs = {column.name for column in described}
            must_fill = {column.name for column in described if not column.null_ok and column.default is None}
            if ours - theirs or must_fill - ours:
                yield f"the table {table} is of newer code; put that code back"


def room() -> Reasons:
    """Look for a disk without room, on which SQLite stores nothing more."""
    if connection.vendor == "sqlite" and (left := disk_room.free_megabytes()) < disk_room.FULL:
        yield f"the disk of DATA_DIR is full ({left} MB left)"


# --- yellow -----------------------------------------------------------------------------------------
def paused_writes() -> Reasons:
    """Say so while this process takes no inquiry, as in an upgrade."""
    if settings.WRITES_PAUSED:
        yield "writes are paused; delete the file writes-are-paused and restart when no upgrade is at work"


def newer_database() -> Reasons:
    """Say so when newer code has migrated the database, and this code still runs on it."""
    if newer_migrations(applied_migrations()):
        yield "newer code has migrated the database"


def inbox_key() -> Reasons:
    """Look for an inbox key that an intruder may have put there, or taken away."""
    newest = InboxKey.objects.order_by("-generation").first()
    if newest and not is_pinned(newest):
        yield f"the inbox key of generation {newest.generation} is not the pinned one"
    if is_newest_taken_away():
        yield "an inbox key is pinned that is newer than all in the database"


def inbox_openers() -> Reasons:
    """Look for an inbox that fills while only the recovery paper opens it."""
    if can_none_open():
        yield "no colleague can open the inbox; a keyholder has to fetch the recovery paper"


def server_key() -> Reasons:
    """Look for a key file of the server that does not open what is sealed to the server."""
    if is_server_key_broken():
        yield "server_grant.key is missing, cut short or of another key; the server cannot open the inbox"


def recipient_keys() -> Reasons:
    """Look for key files without which senders get no mail."""
    if not recipient_key.is_whole():
        yield "deliverer.key and deliverer.public do not fit, or are cut short"


def mail() -> Reasons:
    """Look for mail that colleagues or senders wait for in vain."""
    if is_held():
        yield "no mail is sent since the restore; delete the file mail-is-held when this is the site that serves"
    if is_failing() or account_mail_fails():
        yield "mail does not get through"


def little_room() -> Reasons:
    """Look for a disk that will soon be full."""
    if (left := disk_room.free_megabytes()) < disk_room.LITTLE:
        yield f"the disk of DATA_DIR has {left} MB left"


def delivery_process() -> Reasons:
    """Look for the sign of life of the process that sends mail, chains the access log and erases."""
    if not is_beating():
        yield "the delivery process does not run"


def rehearsal() -> Reasons:
    """Look whether the inquiry that the site sent itself last night arrived."""
    if (failed := trouble(timezone.now())) and forms_are_open():
        yield FAULTS[failed]


def emergency_edition() -> Reasons:
    """Look for copies that are no longer kept as the pages are."""
    if settings.EMERGENCY_DIR and is_late(settings.EMERGENCY_DIR):
        yield "the emergency edition is older than an hour; look at deliver's log and at the disk of EMERGENCY_DIR"


def backups() -> Reasons:
    """Say what was noted of the last night's backup."""
    state = backup_state()
    for fault in state.faults if state else ():
        yield "; ".join(FOR_OPERATORS[fault])


RED: tuple[Callable[[], Reasons], ...] = (static_files, migrations, room)
YELLOW: tuple[Callable[[], Reasons], ...] = (
    paused_writes,
    newer_database,
    inbox_key,
    inbox_openers,
    server_key,
    recipient_keys,
    mail,
    little_room,
    delivery_process,
    rehearsal,
    emergency_edition,
    backups,
)


# --- what this release consists of: read once -----------------------------------------------------------
@cache
def static_names() -> frozenset[str]:
    """Return the names of this release's static files."""
    found = [
        (getattr(storage, "prefix", ""), name) for finder in get_finders() for name, storage in finder.list([])
    ]
    return frozenset(f"{prefix}/{name}" if prefix else name for prefix, name in found)


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations of this release."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def applied_migrations() -> set[tuple[str, str]]:
    """Return the migrations that the database has."""
    return set(MigrationRecorder(connection).applied_migrations())


def count_missing_migrations() -> int:
    """Return how many migrations of this release the database lacks."""
    return len(known_migrations() - applied_migrations())


def newer_migrations(applied: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the applied migrations of our own apps that this release does not know."""
    ours = {app for app, _name in known_migrations()}
    return {node for node in applied - known_migrations() if node[0] in ours}
