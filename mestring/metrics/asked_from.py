"""From where /metrics is asked: a number of inquiries is nothing for visitors, whatever a proxy lets through."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def is_asked_from_inside(request: HttpRequest) -> bool:
    """Say whether every address of the request, the proxies' and what they name, is one of METRICS_FROM.

    A request on a socket of this machine has no address of its own.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    named = [one.strip() for one in f"{request.META.get('REMOTE_ADDR', '')},{forwarded}".split(",") if one.strip()]
    try:
        addresses = [ip_address(one) for one in named]
    except ValueError:
        return False
    return all(any(address in network for network in settings.METRICS_FROM) for address in addresses)
