"""Refusing forms that another site sends, without a cookie for visitors.

The forms have no session that another site could ride on, so the harm would be small: an inquiry that the visitor
did not write. Only positive evidence counts: old telephones send neither of the two headers, and are let in. A
browser that sends no referrer, by its settings or an extension, sends `Origin: null` from our own pages too: those
who hide most are those whom the forms are for. No refusal loses a word: the page is shown again with a button.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_cross_site(request: HttpRequest) -> bool:
    """Say whether the browser reports that another site sent this request."""
    said = request.headers.get("Sec-Fetch-Site")
    if said in ("same-origin", "none", "cross-site"):
        return said == "cross-site"
    origin = request.headers.get("Origin")
    if origin == "null" and said is None:
        return False
    return origin is not None and _host_name(origin) != _host_name(f"//{request.get_host()}")


def _host_name(address: str) -> str | None:
    """Return the host name; None for `null` and for anything that is no address.

    Scheme and port are left out: behind a proxy this process may see others than the browser does, and a wrong
    guess would turn away a visitor who asks for help.
    """
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
