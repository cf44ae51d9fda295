"""Where to lead from an address that is no page of its own, or whose row is gone."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

ROW_NAMES = ("pk", "page_id", "object_id")  # how addresses name the row that they are about


def lead_behind(request: HttpRequest) -> HttpResponse:
    """Lead from the address of a button to the page or case where it stands, else to its section's list.

    Such an address stands in the browser while a refused form is shown, and is reloaded, kept and sent on.
    """
    match = request.resolver_match
    section = "_".join((match.url_name or "").split("_")[:2]) if match else ""
    rows = [str(row) for name, row in match.kwargs.items() if name in ROW_NAMES] if match else []
    for name, args in ((f"{section}_change", rows[:1]), (f"{section}_changelist", [])):
        try:
            return redirect(f"admin:{name}", *args)
        except NoReverseMatch:
            continue
    return redirect("admin:index")


def is_row_gone(site: AdminSite, request: HttpRequest, response: HttpResponseBase) -> bool:
    """Return whether Django answered a form with the first page, as it does when its row is not there."""
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    index = reverse("admin:index", current_app=site.name)
    return request.method == "POST" and name.endswith("_change") and response.headers.get("Location") == index
