"""What every request passes: headers, probes, database errors, compression, the language, a body limit."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from mestring.cache.encodings import accepted_encodings
from mestring.metrics.asked_from import is_asked_from_inside
from mestring.operator_mail.faults import note_fault
from mestring.staff.unsent.writer import is_staff_address
from mestring.views import body_too_large, healthz, metrics, readyz, unavailable

GetResponse = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("django.request")
LONGEST_LENGTH = 12  # digits of a Content-Length

CLOSED_PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection",
        "magnetometer", "microphone", "midi", "payment", "screen-wake-lock",
        "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
PASSKEYS = "publickey-credentials-create={0}, publickey-credentials-get={0}"


class SecurityHeadersMiddleware:
    """The headers Django has no setting for, on every response, errors and static files included."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not hasattr(response, "fresh_until"):
            response.fresh_until = None  # type: ignore[attr-defined]  # the view did not say, so no cache may keep it
            response.setdefault("Cache-Control", "no-cache")
        is_staff = is_staff_address(request.path_info)
        passkeys = PASSKEYS.format("(self)" if is_staff else "()")
        response.setdefault("Permissions-Policy", f"{CLOSED_PERMISSIONS}, {passkeys}")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if is_staff:
            # Django's admin marks most of its pages never-cache; previews and files must be too.
            add_never_cache_headers(response)
        return response


class DatabaseErrorMiddleware:
    """Answer 503 with the phone number when the database is locked, full or away, and never a bare 500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the 503 page for a database error; other errors take Django's way to the 500 page."""
        if not isinstance(exception, DatabaseError):
            return None
        return database_failed(request, exception)


def database_failed(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    """Return the 503 page, after a line of the log."""
    log.error("the database failed on %s", request.path_info, exc_info=error)
    note_fault(error)
    return unavailable(request)


class ProbeMiddleware:
    """Answer the machine's own questions before anything asks under which name: a probe on the machine knows none.

    ALLOWED_HOSTS holds the site's public names only, and live mode refuses loopback among them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}.get(request.path_info)
        if probe is None or (probe is metrics and not is_asked_from_inside(request)):
            return self.get_response(request)
        return probe(request)


def language_of(path: str) -> str:
    """Return the language of an address: that of its first part, or else bokmål."""
    first = path.split("/", 2)[1] if "/" in path else ""
    is_prefix = first != settings.LANGUAGE_CODE and first in dict(settings.LANGUAGES)
    return first if is_prefix else settings.LANGUAGE_CODE


class PathLanguageMiddleware:
    """Read the language from the address and from nothing else: /nn/…, /en/…, otherwise bokmål.

    Django's LocaleMiddleware is refused: it reads cookies and adds `Vary: Accept-Language`, so that one address
    has several responses and no cache may keep them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # the name LocaleMiddleware uses
            response = self.get_response(request)
            response.setdefault("Content-Language", language)
            return response


class CsrfMiddleware(CsrfViewMiddleware):
    """Django's check of staff forms, for browsers that send no referrer too.

    Such a browser sends `Origin: null` with forms of our own pages. It says `same-origin` itself, which no page
    can make it say; the cookie and the form's token are compared as always.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        headers = (request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site"))
        return headers == ("null", "same-origin") or bool(super()._origin_verified(request))  # type: ignore[misc]  # not in the stubs


class TextCompressionMiddleware(GZipMiddleware):
    """Compress text. Pictures and fonts are compressed already, and would only lose their Content-Length."""

    def process_request(self, request: HttpRequest) -> None:
        """Leave out the encodings that the browser refuses: Django and WhiteNoise take `gzip;q=0` for a yes."""
        accepted = accepted_encodings(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(accepted)

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Compress every response but a picture or a font."""
        kind = response.get("Content-Type", "")
        if kind.startswith(("image/", "font/")) and not kind.startswith("image/svg"):
            return response
        return super().process_response(request, response)


class NoFiles(FileUploadHandler):
    """Reads past the files in a body, and keeps none."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Leave out the file."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing."""

    def file_complete(self, file_size: int) -> None:
        """Return no file."""


class BodyLimitMiddleware:
    """Refuse a body larger than any form needs before it is read: 413 with the phone number.

    Only a colleague who is logged in may send more than a form, or a file at all: the session is asked first.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit, is_staff, away = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, False, None
        if request.method == "POST" and is_staff_address(request.path_info):
            try:
                is_staff = get_user(request).is_staff
            except DatabaseError as error:  # no view is asked, so DatabaseErrorMiddleware does not hear of it
                away = error
            if is_staff:
                limit = settings.LARGER_BODIES.get(request.path_info, limit)
            else:
                request.upload_handlers = [NoFiles(request)]
        # A number of thousands of digits is not read: Python refuses it with an error.
        if length.isdecimal() and (len(length) > LONGEST_LENGTH or int(length) > limit):
            # Read part of the body first: closing the connection on unread bytes resets it, and the browser
            # then shows its own error instead of this page.
            for _chunk in range(64):
                if not request.read(65_536):
                    break
            return body_too_large(request, is_staff=is_staff)
        return database_failed(request, away) if away else self.get_response(request)
