"""`manage.py deliver`: the process that mails notices, chains the access log and erases what has expired."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connections
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from contact.audit.chain_heads import write_head
from contact.audit.hash_chain import link_new_entries
from contact.cases.ownership import free_orphaned_cases
from contact.keys.generations import delete_unused_grants
from contact.notifications.heartbeat import beat
from contact.notifications.outbox import deliver_due, is_held
from contact.notifications.service_manager import tell
from contact.retention.erasing_round import ErasingRefused, erase_expired
from contact.retention.erasure_list import write_erasure_list
from contact.sender.rate_limit import forget_earlier_days
from contact.unlocking.unlocking import delete_expired_unlocks

log = logging.getLogger("contact.management.commands.deliver")  # operators filter by this name (docs/operators.md)

PAUSE = 5.0  # seconds between two looks at the outbox
# Seconds by the monotonic clock: by the wall clock, set back a year, nothing would be erased for a year.
ERASE_EVERY = 3600.0


def send_project_mail() -> None:
    """Send what the project tells colleagues and the operator, unless mail is held after a restore."""
    if not is_held():
        for name in settings.PROJECT_MAIL:
            import_string(name)()


def keep_emergency_edition() -> None:
    """Let the project work on its copies of the pages: a moment in each round, and after the mail."""
    import_string(settings.EMERGENCY_EDITION)()


EACH_ROUND = (beat, deliver_due, send_project_mail, link_new_entries, keep_emergency_edition)
HOURLY = (
    free_orphaned_cases,
    erase_expired,
    write_erasure_list,
    delete_unused_grants,
    forget_earlier_days,
    delete_expired_unlocks,
    write_head,
)


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT. No failure ends it: the next round tries again."""

    help = "Mail notices of new inquiries, chain the access log and erase what has expired, until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--once` is for tests and for a cron."""
        parser.add_argument("--once", action="store_true", help="One round, then stop.")

    def handle(self, *_args: Any, once: bool, **_options: Any) -> None:
        """Run rounds; a stop signal ends the pause, or the round after the mail that is being sent.

        Raises CommandError while writes are paused: a mail whose sending cannot be noted would go out twice.
        """
        if settings.WRITES_PAUSED:
            raise CommandError(
                _("Writes are paused, as in an upgrade. Until it is over, nothing is sent and nothing erased.")
            )
        if once:
            self.once()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        next_erasing = time.monotonic()
        tell("READY=1")
        while not stop.is_set():
            for task in EACH_ROUND:
                self.round(task)
            if time.monotonic() >= next_erasing:
                for task in HOURLY:
                    self.round(task)
                next_erasing = time.monotonic() + ERASE_EVERY
            stop.wait(PAUSE)

    def once(self) -> None:
        """Do every task once; what failed is reported after the others are done, without a word of its message."""
        faults = []
        for task in (*EACH_ROUND, *HOURLY):
            try:
                task()
            except ErasingRefused as refusal:
                faults.append(_("Nothing was erased. %(why)s") % {"why": refusal})
            except Exception as error:
                faults.append(f"{task.__name__} ({type(error).__name__})")
        if faults:
            raise CommandError("\n".join(faults))

    def round(self, task: Callable[[], object]) -> None:
        """Do one task; log the class of what went wrong, never its message."""
        tell("WATCHDOG=1")  # before each task and each mail: one that takes long ends nothing but itself
        try:
            close_old_connections()
            task()
        except Exception as error:
            connections.close_all()  # a kept connection may lead to a database file that is gone
            log.error("%s failed (%s); trying again", task.__name__, type(error).__name__)
