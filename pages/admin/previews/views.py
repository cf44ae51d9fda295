"""The views of a preview: of an edition and of a form, each as a page and as the frame inside it."""

from uuid import UUID

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pages.admin.dialogs import render_in_admin
from pages.admin.previews.frame import frame_response
from pages.admin.previews.target import edition_target, form_target
from pages.admin.previews.window import window_response


def edition_view(
    admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int, language: str = ""
) -> HttpResponse:
    """Show any edition of a page, with the links by which it is shared."""
    return window_response(admin, request, edition_target(admin, request, page_id, edition_id), language)


def edition_frame(
    admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int, language: str
) -> HttpResponse:
    """Show the edition itself, for the frame."""
    return frame_response(request, edition_target(admin, request, page_id, edition_id), language)


def form_view(admin: ModelAdmin, request: HttpRequest, key: UUID, language: str = "") -> HttpResponse:
    """Show what the form said when the button was pressed."""
    target = form_target(admin, request, key)
    if target is None:
        return render_in_admin(
            admin, request, "preview_gone", title=_("This preview is no longer kept"), status=404
        )
    return window_response(admin, request, target, language)


def form_frame(admin: ModelAdmin, request: HttpRequest, key: UUID, language: str) -> HttpResponse:
    """Show what the form said, for the frame."""
    target = form_target(admin, request, key)
    if target is None:
        raise Http404
    return frame_response(request, target, language)
