"""Two editions of a page side by side."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pages.admin.dialogs import ids_in, page_to_read, render_in_admin
from pages.admin.editions.comparison import count_sections, sections
from pages.admin.status.people import name_of_editor


def compare_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what differs between two editions, or all of both. A single one is compared with the one before it."""
    page = page_to_read(admin, request, page_id)
    chosen = sorted(ids_in([request.GET.get(name, "") for name in ("old", "new")]))
    if len(chosen) == 1 and "old" not in request.GET:
        before = page.editions.filter(pk__lt=chosen[0]).values_list("pk", flat=True).first()
        chosen = [before, *chosen] if before else chosen
    if len(chosen) < 2:
        messages.warning(request, _("Choose two different editions to compare."))
        return HttpResponseRedirect(reverse("admin:pages_page_history", args=[page.pk]))
    found = list(page.editions.select_related("saved_by").filter(pk__in=chosen).order_by("pk"))
    if len(found) < 2:
        raise Http404
    old, new = found
    everything = "all" in request.GET
    redacted = old.is_redacted or new.is_redacted
    parts = [] if redacted else sections(old, new, everything=everything)
    context: dict[str, Any] = {
        "title": _("Two editions of “%(page)s”") % {"page": page},
        "old": old, "new": new, "old_who": name_of_editor(old), "new_who": name_of_editor(new),
        "redacted": redacted, "everything": everything, "sections": parts, "how_many": count_sections(parts),
        "may_restore": admin.has_change_permission(request),
    }  # fmt: skip
    return render_in_admin(admin, request, "compare", original=page, **context)
