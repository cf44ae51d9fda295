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
from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from contact.models import LoginTries
from mestring.staff.login.limits import KNOWN, Counts, Limit, rows_of, tag_of, tag_of_today, take

_hashing = threading.Lock()

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
        tags = {SIGN_ONS: tag_of_today(SIGN_ONS, network)}
        take(tags, rows_of(tags))


def forget_sign_on(network: str) -> None:
    """Take back the start of one that led to a login."""
    if network:
        same = LoginTries.objects.filter(tag=tag_of_today(SIGN_ONS, network), tries__gt=0)
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
    tags = {account: tag_of(account, username)}
    if network:  # unknown behind a proxy that is set up wrong, which must not shut everyone out
        tags |= {here: tag_of(here, username, network), NETWORK: tag_of_today(NETWORK, network)}
    rows = rows_of(tags)
    known_until = rows[here].known_until if here in rows else None
    if known_until and known_until > now:
        del tags[account]
    return take(tags, rows)


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
