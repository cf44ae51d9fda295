"""Pages about the site itself: health, security contact, and the error pages."""

from datetime import timedelta

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from mestring.logs.request_number import request_number
from mestring.metrics.asked_from import is_asked_from_inside
from mestring.readiness.checks import readiness
from mestring.staff.unsent.writer import is_staff_address
from pages.visits.offered_languages import language_links
from pages.visits.other_languages import translated_address
from pages.visits.page_views import NotInThisLanguage
from pages.visits.public_address import public_address
from pages.visits.site import site_of


def static_page(request: HttpRequest, template: str, status: int, **more: object) -> HttpResponse:
    """Return a page that needs no database: the phone number comes from the settings."""
    language = getattr(request, "LANGUAGE_CODE", "nb")
    context = {"phone": settings.FALLBACK_PHONE, "language": language, "request_number": request_number()}
    response = HttpResponse(render_to_string(template, context | more), status=status)
    add_never_cache_headers(response)
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: a part of the site is away. A colleague's form stands there once more, to be sent again."""
    from mestring.staff.unsent.unavailable import form_once_more  # it needs the apps, which need these views

    unsent = form_once_more(request)
    return static_page(request, "503_unsent.html" if unsent else "503.html", 503, **unsent)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the site made an error."""
    return static_page(request, "500.html", 500)


def body_too_large(request: HttpRequest, *, is_staff: bool = False) -> HttpResponse:
    """413: the body is larger than any form needs."""
    is_picture = request.path_info in settings.LARGER_BODIES
    return static_page(request, "413.html", 413, picture=is_picture, logged_out=is_picture and not is_staff)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, in the visitor's language, with a phone number; or the way to what it is in another language."""
    site, unread = site_of(request), exception if isinstance(exception, NotInThisLanguage) else None
    is_visit = request.method in ("GET", "HEAD")
    if is_visit and not unread and (url := translated_address(request.path_info, site.language)):
        return HttpResponsePermanentRedirect(url)
    # The same path in another language would be a 404 too.
    links = language_links(request, site.language, unread.addresses if unread else {})
    return render(request, "404.html", {"unread": unread, "language_links": links}, status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, without saying what the address holds."""
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read."""
    return static_page(request, "400.html", 400)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give back a staff form of an earlier login; else 403, and what to do."""
    from mestring.staff.unsent.pages import after_stale_token  # its forms need the apps, which need these views

    is_form = is_staff_address(request.path_info) and request.path_info not in (
        reverse("admin:login"),
        reverse("admin:logout"),
    )
    if is_form and (response := after_stale_token(admin.site, request)):
        return response
    return render(request, "403.html", {"cookies_missing": True}, status=403)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say how to report a security problem (RFC 9116). Expires must lie within a year, so it is computed."""
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {site_of(request).phone.href}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nb, nn, en",
        f"Canonical: {public_address(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Serve the icon that browsers ask for unprompted; its address has no hash, so caches keep it for a week."""
    response = HttpResponse(
        (settings.BASE_DIR / "static" / "img" / "favicon.ico").read_bytes(), content_type="image/x-icon"
    )
    patch_cache_control(response, public=True, max_age=7 * 24 * 3600)
    return response


@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Liveness: this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Readiness: whether this machine can show pages and store inquiries, and what an operator has to look at."""
    status, lines = readiness()
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain", status=status)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Give what an operator alarms on to monitoring inside; for others there is no such page."""
    from mestring.metrics.exposition import CONTENT_TYPE, metrics_text  # it needs the apps, which need these views

    if not is_asked_from_inside(request):
        raise Http404
    return HttpResponse(metrics_text(), content_type=CONTENT_TYPE)
