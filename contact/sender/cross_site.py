"""Refusing forms that another site sends, without asking visitors for a cookie.

There is no session to ride on, so the harm would be small: an inquiry that the visitor did not write.
Only positive evidence counts. Old phones send neither header and are let in.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_cross_site(request: HttpRequest) -> bool:
    """Say whether the browser tells us that another site sent this."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return True
    origin = request.headers.get("Origin")
    return origin is not None and _host_name(origin) != _host_name(f"//{request.get_host()}")


def _host_name(address: str) -> str | None:
    """Return the host's name; None for `null` and for anything that is no address.

    Without scheme and port: behind a proxy this process may see others than the browser does, and a
    wrong guess would turn away somebody who asks for help.
    """
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
