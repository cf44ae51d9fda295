"""Discard the draft: the form says again what visitors see."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pages.admin.dialogs import back_to_form, page_to_publish, render_in_admin, say_left_out
from pages.admin.status.status import status_of
from pages.editions.waiting_edition import discard_draft


def discard_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what happens (GET), or make the form say what visitors see (POST)."""
    page = page_to_publish(admin, request, page_id)
    status = status_of(page)
    if request.method == "POST" and status.live:
        by: Any = request.user
        left_out = discard_draft(page, by=by)
        admin.log_change(request, page, _("Discarded the draft."))
        messages.success(request, _("The draft is discarded. The form says what visitors see."))
        say_left_out(request, left_out)
        return back_to_form(page)
    title = _("Discard the draft of “%(page)s”?") % {"page": page}
    return render_in_admin(admin, request, "discard", title=title, original=page, page_status=status)
