"""How much one network may send in an hour: enough for a hospital, too little for a machine.

No address is stored. A network is known by a digest under the day's random key, and both go when the day is
over: a copy of the database from yesterday tells nothing. The hour is part of the digest, so that not even the
rows of one day can be put together.
"""

import hmac
import secrets
from datetime import date, datetime
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from contact.models import ThrottleCount, ThrottleKey

IPV6_HOME = 56  # bits: what a household or a firm is usually given, and all of it in one hand


class TooMany(Exception):
    """The network has sent as much in this hour as one may."""


def network_of(request: HttpRequest) -> str:
    """Return the network a request came from, or nothing when that cannot be known.

    Behind TRUSTED_PROXIES proxies, the last ones in X-Forwarded-For are theirs; whatever stands before was
    written by the sender and is not believed.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        passed_on = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = (
            passed_on[-settings.TRUSTED_PROXIES].strip() if len(passed_on) >= settings.TRUSTED_PROXIES else ""
        )
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return f"{int(found) >> (128 - IPV6_HOME):x}/{IPV6_HOME}"
    return str(found)


def may_send(network: str) -> bool:
    """Count one thing sent and say whether it is within INQUIRIES_PER_HOUR; exact, however many send at once.

    Part of the sender's transaction: what is not stored after all is not counted.

    A network that is not known is never refused: a proxy set up wrongly must not close the form to everyone.
    """
    if not network:
        return True
    now = timezone.localtime()
    key = _key_of(now.date())
    tag = _tag(key, network, now)
    ThrottleCount.objects.bulk_create([ThrottleCount(key=key, tag=tag, count=0)], ignore_conflicts=True)
    # One statement decides; it holds the row until the transaction ends, on both kinds of database.
    room = ThrottleCount.objects.filter(tag=tag, count__lt=settings.INQUIRIES_PER_HOUR)
    return bool(room.update(count=F("count") + 1))


def forget_earlier_days() -> int:
    """Destroy the keys of days that are over, with their rows; return how many keys."""
    _rows, by_model = ThrottleKey.objects.filter(day__lt=timezone.localdate()).delete()
    return by_model.get(ThrottleKey._meta.label, 0)


def _key_of(day: date) -> ThrottleKey:
    fresh = ThrottleKey(day=day, key=secrets.token_bytes(32))
    found = ThrottleKey.objects.filter(day=day).first()
    if found is None:
        ThrottleKey.objects.bulk_create([fresh], ignore_conflicts=True)  # of two at once, one stays
        found = ThrottleKey.objects.get(day=day)
    return found


def _tag(key: ThrottleKey, network: str, now: datetime) -> str:
    hour_and_network = f"{now.hour} {now.utcoffset()} {network}"  # the offset: one hour comes twice in October
    return hmac.new(bytes(key.key), hour_and_network.encode(), sha256).hexdigest()[:32]
