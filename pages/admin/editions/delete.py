"""Delete a page after asking, list what was deleted, and bring it back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from pages.admin.dialogs import back_to_form, ids_in, page_to_publish, render_in_admin
from pages.admin.editions.unpublish import where_used
from pages.admin.status.page_titles import TitleList
from pages.admin.status.status import status_of
from pages.editions import deletion
from pages.models import Page

ON_A_PAGE = 50


def delete_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what happens (GET), or do it (POST)."""
    page = page_to_publish(admin, request, page_id)
    if page.kind in Page.ONLY_ONE:
        raise PermissionDenied
    if request.method == "POST":
        by: Any = request.user
        try:
            deletion.delete(page, by=by)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return back_to_form(page)
        admin.log_deletions(request, Page.objects.filter(pk=page.pk))
        text = _("“%(page)s” is deleted. You can bring it back from the list of deleted pages.")
        messages.success(request, text % {"page": page})
        return HttpResponseRedirect(reverse("admin:pages_page_changelist"))
    title = _("Delete “%(page)s”?") % {"page": page}
    under = TitleList.of(Page.objects.kept().filter(parent=page))
    return render_in_admin(
        admin, request, "delete", title=title, original=page, page_status=status_of(page), under=under,
        **where_used(page),
    )  # fmt: skip


def deleted_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """List the deleted pages (GET), or bring one back (POST)."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        return _recover(admin, request)
    deleted = Page.objects.deleted().select_related("deleted_by").order_by("-deleted_at", "-pk")
    shown = Paginator(deleted, ON_A_PAGE).get_page(request.GET.get("p"))
    return render_in_admin(admin, request, "deleted", title=_("Deleted pages"), shown=shown)


def _recover(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("pages.publish_page") or not admin.has_change_permission(request):
        raise PermissionDenied
    page = get_object_or_404(Page.objects.deleted(), pk__in=ids_in([request.POST.get("page", "")]))
    deletion.recover(page)
    admin.log_change(request, page, _("Brought back after it was deleted."))
    text = _("“%(page)s” is back, as a draft. Visitors see it when you publish.")
    messages.success(request, text % {"page": page})
    return back_to_form(page)
