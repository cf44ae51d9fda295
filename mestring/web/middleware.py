"""What every request passes: security headers, an honest failure, the language, a body limit."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from mestring.views import body_too_large, unavailable

GetResponse = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("django.request")

CLOSED_PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection",
        "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get",
        "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip


class SecurityHeaders:
    """The headers Django has no setting for, on every response, errors and static files included."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not hasattr(response, "fresh_until"):
            response.fresh_until = None  # type: ignore[attr-defined]  # nobody vouched for it: ask each time
            response.setdefault("Cache-Control", "no-cache")
        response.setdefault("Permissions-Policy", CLOSED_PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith("/admin/"):
            # Django's admin marks most of its pages never-cache; previews and files must be too.
            add_never_cache_headers(response)
        return response


class HonestFailure:
    """A database that is locked, full or away answers 503 with the phone number, never a bare 500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the 503 page for a database error; other errors take Django's way to the 500 page."""
        if not isinstance(exception, DatabaseError):
            return None
        log.error("the database failed on %s", request.path_info, exc_info=exception)
        return unavailable(request)


class PathLanguage:
    """The language stands in the address and nowhere else: /nn/…, /en/…, otherwise bokmål.

    Django's LocaleMiddleware is refused: it reads cookies and adds `Vary: Accept-Language`, so that
    one address has several answers and no cache may keep it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.prefixed = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.split("/", 2)[1] if "/" in request.path_info else ""
        language = first if first in self.prefixed else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # the name LocaleMiddleware uses
            response = self.get_response(request)
            response.setdefault("Content-Language", language)
            return response


class CompressText(GZipMiddleware):
    """Gzip for text. Pictures and fonts are compressed already: they would only lose their length."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Compress what gets smaller by it."""
        kind = response.get("Content-Type", "")
        if kind.startswith(("image/", "font/")) and not kind.startswith("image/svg"):
            return response
        return super().process_response(request, response)


class BodyLimit:
    """Refuse a body that no form here can need, before it is read: 413 with the phone number."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.LARGER_BODIES.get(request.path_info, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        if length.isdigit() and int(length) > most:
            # Read some of it away first: closing on unread bytes resets the connection, and the
            # browser then shows its own error instead of the answer.
            for _chunk in range(64):
                if not request.read(65_536):
                    break
            return body_too_large(request)
        return self.get_response(request)
