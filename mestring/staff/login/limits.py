"""Counting tries, exact for any number of requests at once: what a limit allows, and the waits after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from contact.models import LoginTries

FIRST_WAIT = timedelta(minutes=1)
QUIET = timedelta(days=1)  # after so long without a try, counting begins anew
KNOWN = timedelta(days=30)  # for so long a network counts as one of the account's own
ROUNDS = 20  # of a count that other requests change at the same time


@dataclass(frozen=True)
class Limit:
    """What is counted, how many tries are free, and the longest of the waits that double after them."""

    counted: str
    free: int
    longest: timedelta

    def wait_after(self, tries: int) -> timedelta:
        """Return how long the next try must wait."""
        if tries < self.free:
            return timedelta()
        return min(FIRST_WAIT * 2 ** min(tries - self.free, 20), self.longest)


Counts = list[tuple[Limit, LoginTries]]


class TooManyLogins(Exception):
    """An account or a network has tried too often; `when` is the moment of the next try."""

    def __init__(self, when: datetime) -> None:
        super().__init__()
        self.when = when


def take(tags: dict[Limit, str], rows: dict[Limit, LoginTries]) -> Counts:
    """Count a try under each limit, whose rows were read already. Raises TooManyLogins."""
    now = timezone.now()
    # Read before anything is written: a try that is not admitted is not counted, and costs one query.
    for limit in tags.keys() & rows.keys():
        _refuse_early(limit, rows[limit], now)
    LoginTries.objects.filter(not_before__lt=now - KNOWN).delete()
    LoginTries.objects.bulk_create([LoginTries(tag=tag) for tag in tags.values()], ignore_conflicts=True)
    counts = list(rows_of(tags).items())
    for limit, row in counts:
        _count(limit, row)
    return counts


def rows_of(tags: dict[Limit, str]) -> dict[Limit, LoginTries]:
    """Return what is counted under these tags, in one query."""
    limits = {tag: limit for limit, tag in tags.items()}
    return {limits[row.tag]: row for row in LoginTries.objects.filter(tag__in=limits)}


def tag_of(limit: Limit, *parts: str) -> str:
    """Return under what a count lies, by the site's own key, which is not in the database.

    No name that was typed and no network is stored.
    """
    text = "\n".join([limit.counted, *parts])
    return salted_hmac("mestring.staff.login", text, algorithm="sha256").hexdigest()[:32]


def tag_of_today(limit: Limit, network: str) -> str:
    """Return the same of a network, which is counted for a day."""
    return tag_of(limit, network, timezone.localdate().isoformat())


def _count(limit: Limit, row: LoginTries) -> None:
    """Count one try, exact for any number of requests at once. Raises TooManyLogins."""
    for _round in range(ROUNDS):
        now = timezone.now()
        _refuse_early(limit, row, now)
        tries = 1 if row.not_before < now - QUIET else row.tries + 1
        same = LoginTries.objects.filter(pk=row.pk, tries=row.tries, not_before=row.not_before)
        if same.update(tries=tries, not_before=now + limit.wait_after(tries)):
            row.tries = tries
            return
        row.refresh_from_db()  # another request was quicker
    raise TooManyLogins(timezone.now() + FIRST_WAIT)


def _refuse_early(limit: Limit, row: LoginTries, now: datetime) -> None:
    if (
        row.tries >= limit.free and now < row.not_before <= now + limit.longest
    ):  # later than that: a clock that ran ahead wrote it
        raise TooManyLogins(row.not_before)
