"""What the views around the page form share: which page may be read or changed, and one frame for their pages."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from pages.editions.working_copy import LeftOut
from pages.models import Page

Message = tuple[int, str]  # level and sentence, as django.contrib.messages takes them


MESSAGES = "#messages"  # the place of a page of the admin where messages stand (templates/admin/base_site.html)


def page_number(object_id: str | None) -> int | None:
    """Return the id of the page that an address names, in every spelling that Django accepts; else None."""
    try:
        number = int(unquote(object_id or ""))
    except ValueError:
        return None
    return number if 0 < number < 2**63 else None


def ids_in(sent: list[str]) -> set[int]:
    """Return the ids among what a browser sent; anything else, or a number too long for an id, is left out."""
    return {int(number) for number in sent if number.isdecimal() and len(number) < 19}


def page_to_read(admin: ModelAdmin, request: HttpRequest, page_id: int) -> Page:
    """Return the page, for a user who may open its form; deleted pages are not found."""
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(Page.objects.kept(), pk=page_id)


def page_to_change(admin: ModelAdmin, request: HttpRequest, page_id: int) -> Page:
    """Return the page, for an editor who may save its form."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(Page.objects.kept(), pk=page_id)


def page_to_publish(admin: ModelAdmin, request: HttpRequest, page_id: int) -> Page:
    """Return the page, for an editor who may decide what visitors see."""
    if not request.user.has_perm("pages.publish_page"):
        raise PermissionDenied
    return page_to_change(admin, request, page_id)


def render_in_admin(
    admin: ModelAdmin, request: HttpRequest, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a template of the page section, with what every page of the admin needs."""
    shared = {**admin.admin_site.each_context(request), "opts": admin.opts}
    return TemplateResponse(request, f"admin/pages/page/{name}.html", shared | context, status=status)


def back_to_form(page: Page, query: str = "") -> HttpResponse:
    """Return to the form of the page, at its messages: a browser would scroll to where it was before the save."""
    return HttpResponseRedirect(reverse("admin:pages_page_change", args=[page.pk]) + query + MESSAGES)


def say_left_out(request: HttpRequest, left_out: LeftOut) -> None:
    """Warn when parts of an edition could not be written back."""
    if left_out:
        text = _("Left out, because it has been deleted since: %(count)d. Look through the page.")
        messages.warning(request, text % {"count": len(left_out)})
