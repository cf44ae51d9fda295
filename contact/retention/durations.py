"""How long what senders write is kept, and what is remembered of it afterwards.

The numbers are the clinic's defaults. docs/operators.md names the environment variable that changes each; from
there settings.py takes the value, and the functions below are the only readers of it, but for the access log's.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils.timesince import TIME_STRINGS

CLOSED_CASE_DAYS = 30  # from its closing
SPAM_DAYS = 30  # from when a colleague last did something with it
TOMBSTONE_DAYS = 730  # from the erasing; longer than any backup is kept
ACCESS_LOG_DAYS = 3 * 365 + 1  # a month of the log, from its end (contact.audit.hash_chain reads it)
PAUSE_DAYS = 7  # between two rounds of erasing; after more, the clock may be wrong and an operator decides


def closed_case() -> timedelta:
    """Return how long a closed case is kept."""
    return timedelta(days=settings.INQUIRY_RETENTION_DAYS)


def spam() -> timedelta:
    """Return how long an inquiry that may be spam is left alone before it is erased."""
    return timedelta(days=settings.QUARANTINE_RETENTION_DAYS)


def tombstone() -> timedelta:
    """Return for how long a return code is answered with: deleted."""
    return timedelta(days=settings.TOMBSTONE_RETENTION_DAYS)


def access_log() -> timedelta:
    """Return how long a month of the access log is kept, from its end."""
    return timedelta(days=settings.AUDIT_RETENTION_DAYS)


def longest_pause() -> timedelta:
    """Return how long after the last round the next one still runs without an operator."""
    return timedelta(days=settings.ERASING_PAUSE_DAYS)


def format_period(period: timedelta | int | Callable[[], timedelta]) -> str:
    """Return a period in words, in its largest unit that leaves no rest; another number as it is."""
    if callable(period):
        period = period()
    if isinstance(period, int):
        return str(period)
    minutes = int(period.total_seconds()) // 60
    unit, length = next(one for one in (("day", 1440), ("hour", 60), ("minute", 1)) if not minutes % one[1])
    return str(TIME_STRINGS[unit] % {"num": minutes // length})
