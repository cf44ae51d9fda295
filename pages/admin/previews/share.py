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

from pages.admin.previews.preview import Shown, edition_shown, shell
from pages.admin.previews.share_form import ShareForm
from pages.models import ShareLink
from pages.previews.share_links import make_link, withdraw_link


def share_view(admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int) -> HttpResponse:
    """Make a link and show it, this once: only its digest is stored, and no redirect could carry it safely."""
    shown = shared_by(admin, request, page_id, edition_id)
    form = ShareForm(request.POST)
    if request.method != "POST":
        return back(shown)
    if not shown.languages:
        raise Http404
    if not form.is_valid():
        return shell(admin, request, shown, "", share_form=form)
    by: Any = request.user
    days = form.cleaned_data["days"]
    token = make_link(shown.edition, by=by, days=days, at=timezone.now())
    said = ngettext("Shared an edition for %(count)d day.", "Shared an edition for %(count)d days.", days)
    admin.log_change(request, shown.edition.page, said % {"count": days})
    with translation.override(shown.languages[0]):
        address = request.build_absolute_uri(reverse("pages:shared", args=[token]))
    return shell(admin, request, shown, "", new_link=address)


def withdraw_view(
    admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int, link_id: int
) -> HttpResponse:
    """Withdraw a link of this very edition."""
    shown = shared_by(admin, request, page_id, edition_id)
    link = ShareLink.objects.filter(pk=link_id, edition=edition_id).first()
    if link is None:
        raise Http404
    if request.method == "POST":
        withdraw_link(link, at=timezone.now())
        admin.log_change(request, shown.edition.page, _("Withdrew a link."))
        messages.success(request, _("The link is withdrawn. It opens nothing any more."))
    return back(shown)


def shared_by(admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int) -> Shown:
    """Return the edition, for whoever may change the page."""
    shown = edition_shown(admin, request, page_id, edition_id)
    if not admin.has_change_permission(request, shown.edition.page):
        raise PermissionDenied
    return shown


def back(shown: Shown) -> HttpResponse:
    """Return to the preview."""
    return HttpResponseRedirect(reverse("admin:pages_page_preview_edition", args=shown.numbers))
