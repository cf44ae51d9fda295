"""Replace an address or a number everywhere: every occurrence is shown first, then replaced where ticked."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.admin.dialogs import render_in_admin
from pages.admin.links.occurrence_list import MOST_PAGES, list_pages
from pages.admin.links.other_records import other_records
from pages.admin.links.replace_form import ReplaceForm
from pages.replace.near_addresses import near_addresses
from pages.replace.occurrences import find_occurrences
from pages.replace.replace_everywhere import PageOutcome, replace_everywhere, waiting_editions_with
from pages.replace.replacement import Replacement

REPLACE = "_replace"  # the name of the button


def replace_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Ask (GET), show what would change (POST), or replace in the pages that were ticked (POST)."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    form = ReplaceForm(request.POST or None)
    context: dict[str, Any] = {"title": _("Replace an address or a number everywhere"), "form": form}
    if not form.is_valid():
        return render_in_admin(admin, request, "replace", **context)
    replacement = form.replacement()
    if REPLACE in request.POST:
        context["outcomes"] = replace_in_ticked(admin, request, replacement)
    else:
        by_page = find_occurrences(replacement)
        pages = list_pages(by_page)
        context |= {"pages": pages, "more": len(by_page) - len(pages), "searched": True}
    context |= {
        "may_publish": request.user.has_perm("pages.publish_page"),
        "waiting": waiting_editions_with(replacement, at=timezone.now()),
        "near": near_addresses(replacement.old, at=timezone.now()),
        "other_records": other_records(replacement, request.user),
    }
    return render_in_admin(admin, request, "replace", **context)


def replace_in_ticked(admin: ModelAdmin, request: HttpRequest, replacement: Replacement) -> list[PageOutcome]:
    """Replace in each ticked page, log it, and return what became of each."""
    by: Any = request.user
    publish_too = "publish" in request.POST and by.has_perm("pages.publish_page")
    outcomes = []
    for outcome in replace_everywhere(replacement, ticked_pages(request), by=by, publish_too=publish_too):
        if outcome.saved:
            words = {"old": replacement.old.typed, "new": replacement.new.typed}
            admin.log_change(request, outcome.page, _("Replaced “%(old)s” by “%(new)s”") % words)
        outcomes.append(outcome)
    return sorted(outcomes, key=lambda outcome: (str(outcome.page), outcome.page.pk))


def ticked_pages(request: HttpRequest) -> dict[int, str]:
    """Return {page: digest of the occurrences that the editor saw in it}."""
    digests = dict(sent.split(":", 1) for sent in request.POST.getlist("page")[:MOST_PAGES] if ":" in sent)
    return {int(page): digest for page, digest in digests.items() if page.isdecimal() and len(page) < 19}
