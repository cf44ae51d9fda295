"""What an operator has to look at, though this machine serves."""

from collections.abc import Callable, Iterator

from django.conf import settings
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
from contact.sender.unstored import unstored_at
from mestring import disk_room
from mestring.backup.watch.state import backup_state
from mestring.backup.watch.words import FOR_OPERATORS
from mestring.emergency.age import is_late
from mestring.launch.gate import forms_are_open
from mestring.readiness.this_release import applied_migrations, newer_migrations
from mestring.staff.accounts.mails import account_mail_fails

Reasons = Iterator[str]


def paused_writes() -> Reasons:
    """Say so while this process takes no inquiry, as in an upgrade."""
    if settings.WRITES_PAUSED:
        yield "writes are paused; delete the file writes-are-paused and restart when no upgrade is at work"


def last_inquiry() -> Reasons:
    """Look for an inquiry that could not be stored, and none since that could."""
    if at := unstored_at():
        mend = "look at the database's log and the room on its disk, then run rehearse"
        yield f"the inquiry sent at {timezone.localtime(at):%Y-%m-%d %H:%M} could not be stored; {mend}"


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


YELLOW: tuple[Callable[[], Reasons], ...] = (
    paused_writes,
    last_inquiry,
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
