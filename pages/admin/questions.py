"""The small pages around a page's form that ask before they do."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from pages.models import Page


def page_to_publish(admin: ModelAdmin, request: HttpRequest, page_id: int) -> Page:
    """Return the page, for somebody who may decide what visitors see."""
    if not request.user.has_perm("pages.publish_page") or not admin.has_change_permission(request):
        raise PermissionDenied
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        raise Http404
    return page


def ask(admin: ModelAdmin, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """Show one of these pages."""
    shared = {**admin.admin_site.each_context(request), "opts": admin.opts}
    return TemplateResponse(request, f"admin/pages/page/{name}.html", shared | context)


def back_to_form(page: Page) -> HttpResponse:
    """Return to the form of the page."""
    return HttpResponseRedirect(reverse("admin:pages_page_change", args=[page.pk]))
