"""Restore an old edition as a new draft, after showing what that changes in the form."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from pages.admin.dialogs import back_to_form, page_to_change, render_in_admin, say_left_out
from pages.admin.editions.comparison import count_sections, sections
from pages.admin.form_names import OPENED_FROM
from pages.admin.status.moments import format_moment
from pages.admin.status.people import name_of_editor
from pages.editions.history import newest_edition_id, restore
from pages.editions.snapshot import FORMAT, snapshot
from pages.models import Edition, Page


def restore_view(admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int) -> HttpResponse:
    """Ask, showing what would change in the form (GET); then make a draft of an old edition (POST)."""
    page = page_to_change(admin, request, page_id)
    edition = get_object_or_404(page.editions.select_related("saved_by"), pk=edition_id)
    if edition.is_redacted:
        raise Http404
    status = 200
    if request.method == "POST":
        with transaction.atomic():
            Page.objects.lock(page.pk)
            if request.POST.get(OPENED_FROM, "") == str(newest_edition_id(page.pk)):
                return restore_and_return(request, page, edition)
        messages.error(request, _("Another editor saved the page just now. Look once more before you restore."))
        status = 409
    newest = newest_edition_id(page.pk)
    head, body = snapshot(page)
    parts = sections(Edition(page=page, format=FORMAT, head=head, body=body), edition)
    context: dict[str, Any] = {
        "title": _("Restore the edition of %(when)s?") % {"when": format_moment(edition.saved_at)},
        "edition": edition, "who": name_of_editor(edition), "sections": parts,
        "how_many": count_sections(parts), "newest": newest,
    }  # fmt: skip
    return render_in_admin(admin, request, "restore", original=page, status=status, **context)


def restore_and_return(request: HttpRequest, page: Page, edition: Edition) -> HttpResponse:
    """Restore, say that visitors see no difference, and lead to the form."""
    by: Any = request.user
    note = _("Restored from the edition of %(when)s") % {"when": format_moment(edition.saved_at)}
    try:
        left_out = restore(edition, by=by, note=note)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return HttpResponseRedirect(reverse("admin:pages_page_history", args=[page.pk]))
    say_left_out(request, left_out)
    text = _("The edition of %(when)s is now in the form, as a draft. Visitors see it when you publish.")
    messages.success(request, text % {"when": format_moment(edition.saved_at)})
    return back_to_form(page)
