"""Make the link by which a colleague without an account reads an edition, and withdraw it."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.admin.previews.share_form import ShareForm
from pages.admin.previews.target import PreviewTarget, edition_target
from pages.admin.previews.window import window_response
from pages.models import ShareLink
from pages.previews.share_links import make_link, withdraw_link
from pages.visits.public_address import public_address


def share_view(admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int) -> HttpResponse:
    """Make a link and show it, this once: only its digest is stored, and no redirect could carry it safely."""
    target = target_to_share(admin, request, page_id, edition_id)
    form = ShareForm(request.POST)
    if request.method != "POST":
        return back_to_preview(target)
    if not target.languages:
        raise Http404
    if not form.is_valid():
        return window_response(admin, request, target, "", share_form=form)
    by: Any = request.user
    days = form.cleaned_data["days"]
    token = make_link(target.edition, by=by, days=days, at=timezone.now())
    said = ngettext("Shared an edition for %(count)d day.", "Shared an edition for %(count)d days.", days)
    admin.log_change(request, target.edition.page, said % {"count": days})
    with translation.override(target.languages[0]):
        address = public_address(reverse("pages:shared", args=[token]))
    return window_response(admin, request, target, "", new_link=address)


def withdraw_view(
    admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int, link_id: int
) -> HttpResponse:
    """Withdraw a link of this very edition."""
    target = target_to_share(admin, request, page_id, edition_id)
    link = ShareLink.objects.filter(pk=link_id, edition=edition_id).first()
    if link is None:
        raise Http404
    if request.method == "POST":
        withdraw_link(link, at=timezone.now())
        admin.log_change(request, target.edition.page, _("Withdrew a link."))
        messages.success(request, _("The link is withdrawn. It opens nothing any more."))
    return back_to_preview(target)


def target_to_share(admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int) -> PreviewTarget:
    """Return the edition, for an editor who may change the page."""
    target = edition_target(admin, request, page_id, edition_id)
    if not admin.has_change_permission(request, target.edition.page):
        raise PermissionDenied
    return target


def back_to_preview(target: PreviewTarget) -> HttpResponse:
    """Return to the preview."""
    return HttpResponseRedirect(reverse("admin:pages_page_preview_edition", args=target.url_args))
