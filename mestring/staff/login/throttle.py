"""How often someone may try a login password: counted for each account and each network before it is hashed.

A hash is meant to be slow. Without a limit, a few dozen login forms sent at once keep every thread of the site
busy, and the contact form waits. So a try costs nothing until it is admitted, and one process hashes one password
at a time; a second request is told at once to come back.

There are three counts: tries for one account from one network, tries from one network, tries for one account.
The last one does not hold back a network from which the account has been logged in lately, so that an
attacker who tries passwords elsewhere cannot shut a colleague out. Each wait ends by itself. What is counted of a
network is counted for a day: a clinic is one network, always in use, and what its colleagues mistype must not add
up over weeks. What a colleague mistyped before the right one is taken back with it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from contact.models import LoginTries

FIRST_WAIT = timedelta(minutes=1)
QUIET = timedelta(days=1)  # after so long without a try, counting begins anew
KNOWN = timedelta(days=30)  # for so long a network counts as one of the account's own
ROUNDS = 20  # of a count that other requests change at the same time

_hashing = threading.Lock()


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


HERE = Limit("account and network", 5, timedelta(hours=1))
NETWORK = Limit("network", 20, timedelta(hours=1))
ACCOUNT = Limit("account", 50, timedelta(minutes=5))
# Codes are short, and only who knows the password may try them: fewer are free, and the waits are longer.
CODES_HERE = Limit("codes of account and network", 5, timedelta(hours=1))
CODES = Limit("codes of account", 20, timedelta(hours=1))
# Each start of a sign-on leaves a row of a session, and its return asks the provider. A clinic is one network.
SIGN_ONS = Limit("sign-ons of network", 60, timedelta(minutes=5))
# Asking for a link sends a mail to a colleague, and the token in one is long: a few tries are enough.
ASKS_HERE = Limit("requests for a link of account and network", 3, timedelta(hours=1))
ASKS = Limit("requests for a link of account", 6, timedelta(hours=1))
LINKS_HERE = Limit("links of account and network", 10, timedelta(hours=1))
LINKS = Limit("links of account", 50, timedelta(minutes=5))
OF_ACCOUNT_AND_NETWORK = (HERE, CODES_HERE, LINKS_HERE)
Counts = list[tuple[Limit, LoginTries]]


class TooManyLogins(Exception):
    """An account or a network has tried too often; `when` is the moment of the next try."""

    def __init__(self, when: datetime) -> None:
        super().__init__()
        self.when = when


class HashingNow(Exception):
    """Another password is being hashed by this process."""


@contextmanager
def login_try(username: str, network: str) -> Iterator[None]:
    """Count a try, and let the block check the password; an exception in it is a wrong one.

    Raises HashingNow, TooManyLogins.
    """
    if not _hashing.acquire(blocking=False):
        raise HashingNow
    try:
        counts = _take_try(username, network)
        yield
        _forget_try(counts)
    finally:
        _hashing.release()


@contextmanager
def code_try(username: str, network: str) -> Iterator[None]:
    """Count a try of a one-time code or a recovery code; an exception in the block is a wrong one.

    Counted apart from passwords, so that the right password does not begin anew with the codes. Raises
    TooManyLogins.
    """
    counts = _take_try(username, network, CODES_HERE, CODES)
    yield
    _forget_try(counts)


def count_sign_on(network: str) -> None:
    """Count the start of a sign-on at the provider. Raises TooManyLogins."""
    if network:
        tags = {SIGN_ONS: _tag_of_today(SIGN_ONS, network)}
        _take(tags, _rows(tags))


def forget_sign_on(network: str) -> None:
    """Take back the start of one that led to a login."""
    if network:
        same = LoginTries.objects.filter(tag=_tag_of_today(SIGN_ONS, network), tries__gt=0)
        same.update(tries=F("tries") - 1, not_before=timezone.now())


@contextmanager
def link_try(account: str, network: str) -> Iterator[None]:
    """Count a try of a link that lets a password be chosen; an exception in the block is a wrong one.

    Raises TooManyLogins.
    """
    counts = _take_try(account, network, LINKS_HERE, LINKS)
    yield
    _forget_try(counts)


def take_link_request(address: str, network: str) -> None:
    """Count a request for such a link, whether an account has the address or not. Raises TooManyLogins."""
    _take_try(address, network, ASKS_HERE, ASKS)


def _take_try(username: str, network: str, here: Limit = HERE, account: Limit = ACCOUNT) -> Counts:
    now = timezone.now()
    tags = {account: _tag(account, username)}
    if network:  # unknown behind a proxy that is set up wrong, which must not shut everyone out
        tags |= {here: _tag(here, username, network), NETWORK: _tag_of_today(NETWORK, network)}
    rows = _rows(tags)
    known_until = rows[here].known_until if here in rows else None
    if known_until and known_until > now:
        del tags[account]
    return _take(tags, rows)


def _take(tags: dict[Limit, str], rows: dict[Limit, LoginTries]) -> Counts:
    now = timezone.now()
    # Read before anything is written: a try that is not admitted is not counted, and costs one query.
    for limit in tags.keys() & rows.keys():
        _refuse_early(limit, rows[limit], now)
    LoginTries.objects.filter(not_before__lt=now - KNOWN).delete()
    LoginTries.objects.bulk_create([LoginTries(tag=tag) for tag in tags.values()], ignore_conflicts=True)
    counts = list(_rows(tags).items())
    for limit, row in counts:
        _count(limit, row)
    return counts


def _rows(tags: dict[Limit, str]) -> dict[Limit, LoginTries]:
    limits = {tag: limit for limit, tag in tags.items()}
    return {limits[row.tag]: row for row in LoginTries.objects.filter(tag__in=limits)}


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


def _forget_try(counts: Counts) -> None:
    """Begin anew for the account, and take its tries here back from the network, where others may have failed."""
    now = timezone.now()
    own = next((row.tries for limit, row in counts if limit in OF_ACCOUNT_AND_NETWORK), 1)
    for limit, row in counts:
        same = LoginTries.objects.filter(pk=row.pk)
        if limit is NETWORK:
            same.update(tries=Greatest(F("tries") - own, 0), not_before=now)
        else:
            same.update(tries=0, not_before=now, known_until=now + KNOWN)


def _tag_of_today(limit: Limit, network: str) -> str:
    return _tag(limit, network, timezone.localdate().isoformat())


def _tag(limit: Limit, *parts: str) -> str:
    # Under the site's own key, which is not in the database: no name that was typed and no network is stored.
    return salted_hmac("mestring.staff.login", "\n".join([limit.counted, *parts]), algorithm="sha256").hexdigest()[
        :32
    ]
