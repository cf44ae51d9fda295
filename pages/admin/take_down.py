"""Take a page off the website, after saying what that means."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pages import publishing
from pages.admin.state import live_edition_of
from pages.models import Edition, Page


def take_down_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what happens (GET), or do it (POST). The front page can be changed but never taken down."""
    if not request.user.has_perm("pages.publish_page"):
        raise PermissionDenied
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        raise Http404
    form = reverse("admin:pages_page_change", args=[page.pk])
    if page.kind == Page.Kind.FRONT:
        raise PermissionDenied
    if request.method == "POST":
        publishing.take_down(page)
        admin.log_change(request, page, _("Taken down from the website."))
        messages.success(request, _("Taken down. Visitors stop seeing the page within one minute."))
        return HttpResponseRedirect(form)
    context: dict[str, Any] = {
        **admin.admin_site.each_context(request),
        "title": _("Take down “%(page)s”?") % {"page": page},
        "opts": admin.opts,
        "original": page,
        "live": live_edition_of(page),
        "linking": linking_to(page),
    }
    return TemplateResponse(request, "admin/pages/page/take_down.html", context)


def linking_to(page: Page) -> list[str]:
    """Return the titles of the live pages with a link to this page."""
    live = Edition.objects.live(at=timezone.now()).exclude(page=page).select_related("page")
    return [str(edition.page) for edition in live if mentions(edition.body, page.pk)]


def mentions(value: Any, page_id: int) -> bool:
    """Say whether a block's data holds a link to the page, as a door or inside rich text."""
    if isinstance(value, str):
        return value == f"page:{page_id}" or f'href="page:{page_id}"' in value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(mentions(part, page_id) for part in parts)
