"""What the site reads of a query and of cookies. All else is the doing of other sites, and makes no other page.

A link in a newsletter or a social network gets a query of its own (`?fbclid=…`), and other programs on the same
host name set cookies. Neither may cost the site a page made anew for each visitor. A redirect leads on with
the whole query. deploy/nginx.conf has the same table.
"""

from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.urls import reverse
from django.utils import translation

Environ = dict[str, Any]

# By the view's name; a view that is not named reads nothing of a query. Staff pages may read anything.
READ_PARTS = {
    "pages:search": {"q", "page"},
    "contact:patient": {"form"},
    "contact:relative": {"form"},
    "contact:referrer": {"form"},
    "contact:answer": {"form"},
}
# Past the cache, which asks the database for its version: staff, and what the machine asks of itself. A frozen
# database must not make a process that answers look dead.
PAST_IT = ("/admin/", "/healthz", "/readyz", "/metrics")
OUR_COOKIES = "__Host-"  # each of ours begins so: session, staff forms, inbox


def plain_visit(environ: Environ) -> Environ | None:
    """Return the visit without what the site does not read of it; None for one whose answer is its own.

    The answer to a plain visit must not show what was left out, or it would be kept for the next visitor too. So
    the application is asked without it.
    """
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ["PATH_INFO"].startswith(PAST_IT):
        return None
    query, cookies = environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", "")
    if any(cookie.strip().startswith(OUR_COOKIES) for cookie in cookies.split(";")):
        return None
    if query and _read_at(environ["PATH_INFO"]) & {
        name for name, _value in parse_qsl(query, keep_blank_values=True)
    }:
        return None
    if not query and not cookies:
        return environ
    return {name: value for name, value in environ.items() if name != "HTTP_COOKIE"} | {"QUERY_STRING": ""}


def leading_on(start_response: Callable[..., Any], query: str) -> Callable[..., Any]:
    """Return a `start_response` that gives a redirect the query that was left out."""

    def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        if status.startswith("30"):
            headers = [
                (name, f"{value}?{query}" if name == "Location" and "?" not in value else value)
                for name, value in headers
            ]
        return start_response(status, headers, *error)

    return start


def _read_at(path: str) -> set[str]:
    return _by_path().get(f"{path.rstrip('/')}/", set())  # without its slash it is led on, with its query


@cache
def _by_path() -> dict[str, set[str]]:
    """Return what is read at each path, in every language."""
    parts: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            parts |= {reverse(view): names for view, names in READ_PARTS.items()}
    return parts
