"""One page as it is copied: what the site's own view answers, with links that need no server."""

import io
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.utils import timezone

from mestring.emergency.noted import Answers
from mestring.emergency.noted_site import NotedSite
from mestring.emergency.relative_links import with_relative_links
from mestring.web.middleware import language_of
from pages.visits.site import site_of


@dataclass(frozen=True)
class Copy:
    """A page's bytes, the pictures and styles that it names, and what it asked for."""

    html: bytes
    files: frozenset[str]
    answers: Answers


class NotCopied(Exception):
    """The site did not answer with a page."""


def copy_page(path: str, copied: frozenset[str], moment: NotedSite) -> Copy:
    """Return the page at a path. `copied` has the addresses of all copies, which links lead to."""
    request = WSGIRequest(_environ(path))
    request.copied_at = timezone.localtime()  # type: ignore[attr-defined]  # a visit has none (pages.visits.site)
    request.LANGUAGE_CODE = language_of(path)  # for the line below, which comes before the middleware
    site = site_of(request)
    site.live_tree, site.facts = moment.tree, moment.facts
    moment.notes.asked = {("on_every_page",): moment.on_every_page}
    response = _handler().get_response(request)
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        raise NotCopied(f"{response.status_code}")
    html, files = with_relative_links(response.content.decode(), path, copied)
    return Copy(html.encode(), files, moment.notes.asked)


def _environ(path: str) -> dict[str, Any]:
    """Return a visit at the address that visitors use."""
    address = urlsplit(settings.SITE_ADDRESS)
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": address.scheme, "HTTP_X_FORWARDED_PROTO": address.scheme,
        "HTTP_HOST": address.netloc, "SERVER_NAME": address.hostname, "SERVER_PORT": str(address.port or 443),
    }  # fmt: skip


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()
