"""How many inquiries and messages one network may send in an hour: enough for a hospital, too few for a machine.

No address is stored. A network is known by a digest under two keys: the random key of the day, which is deleted
with it when the day is over, and the site's own, which is not in the database. So yesterday's copy of the database
reveals no network to an operator either, and today's none to a thief who has no more than the database: there are
only 2**32 addresses to try. The hour is part of the digest, so that the rows of one day cannot be linked to each
other either.
"""

import re
import secrets
from datetime import date, datetime
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from contact.models import ThrottleCount, ThrottleKey

IPV6_HOME = 56  # bits: the prefix that a household or a firm usually gets, and controls as a whole
IPV6_SITE = 48  # bits: what a large firm gets, and any person who sets up a free tunnel
# Some proxies add the port, which is another one for each connection: 203.0.113.7:51234, [2001:db8::1]:51234.
WITH_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([0-9a-f.:]+)\](?::[0-9]+)?", re.IGNORECASE)
HOMES_OF_A_SITE = 4  # so many times as much as one of its homes may such a network send
ALL_NETWORKS = "set apart"  # what is counted of all that is set apart; no address is written like this


class RateLimited(Exception):
    """The network has sent as much in this hour as one network may, and no more can be set apart."""


def network_of(request: HttpRequest) -> str:
    """Return the network that a request came from, or "" when it cannot be known.

    Behind TRUSTED_PROXIES proxies, the last entries of X-Forwarded-For are theirs. The sender may have written the
    entries before them, which are ignored.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = (
            forwarded[-settings.TRUSTED_PROXIES].strip() if len(forwarded) >= settings.TRUSTED_PROXIES else ""
        )
    if found := WITH_PORT.fullmatch(address):
        address = found[1] or found[2]
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return f"{int(parsed) >> (128 - IPV6_HOME):x}/{IPV6_HOME}"
    return str(parsed)


def admit(network: str) -> bool:
    """Count one sending and say whether it is within INQUIRIES_PER_HOUR; exact for any number of requests at once.

    Call it in the transaction that stores what was sent, so that a sending that fails is not counted. An unknown
    network is always admitted: a proxy with a wrong setting must not close the forms to every visitor.
    """
    if not network:
        return True
    now = timezone.localtime()
    key = _key_of(now.date())
    return all(_count(key, counted, limit, now) for counted, limit in _limits(network).items())


def admit_apart() -> bool:
    """Count one inquiry above its network's limit and say whether it can be set apart for staff.

    SET_APART_PER_HOUR is one total for all networks, so that a flood fills neither disk nor inbox, whatever number
    of networks it comes from. Call it as `admit`.
    """
    now = timezone.localtime()
    return _count(_key_of(now.date()), ALL_NETWORKS, settings.SET_APART_PER_HOUR, now)


def forget_earlier_days() -> int:
    """Delete the keys of days that are over, with their counts; return how many keys."""
    _rows, by_model = ThrottleKey.objects.filter(day__lt=timezone.localdate()).delete()
    return by_model.get(ThrottleKey._meta.label, 0)


def _limits(network: str) -> dict[str, int]:
    """Return what is counted of a network, and how much of it is allowed in an hour."""
    limits = {network: settings.INQUIRIES_PER_HOUR}
    home, _slash, bits = network.partition("/")
    if bits:
        site = int(home, 16) >> (IPV6_HOME - IPV6_SITE)
        limits[f"{site:x}/{IPV6_SITE}"] = HOMES_OF_A_SITE * settings.INQUIRIES_PER_HOUR
    return limits


def _count(key: ThrottleKey, counted: str, limit: int, now: datetime) -> bool:
    tag = _tag(key, counted, now)
    ThrottleCount.objects.bulk_create([ThrottleCount(key=key, tag=tag, count=0)], ignore_conflicts=True)
    # One statement decides. On both databases it holds the row until the transaction ends.
    return bool(ThrottleCount.objects.filter(tag=tag, count__lt=limit).update(count=F("count") + 1))


def _key_of(day: date) -> ThrottleKey:
    fresh = ThrottleKey(day=day, key=secrets.token_bytes(32))
    stored = ThrottleKey.objects.filter(day=day).first()
    if stored is None:
        ThrottleKey.objects.bulk_create([fresh], ignore_conflicts=True)  # of two requests at once, one wins
        stored = ThrottleKey.objects.get(day=day)
    return stored


def _tag(key: ThrottleKey, network: str, now: datetime) -> str:
    # With the offset from UTC, because one hour comes twice on a day in October.
    hour_and_network = f"{now.hour} {now.utcoffset()} {network}"
    salt = f"contact.sender.rate_limit {bytes(key.key).hex()}"
    return salted_hmac(salt, hour_and_network, algorithm="sha256").hexdigest()[:32]
