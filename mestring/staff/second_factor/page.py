"""What every page of the second step shares.

What a colleague wrote before an expired login travels along in each of them (mestring.staff.unsent).
"""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from mestring.staff.unsent.pages import SEALED, give_back

PASSKEY = "passkey"  # the hidden field with what the browser answers


def show(
    site: AdminSite, request: HttpRequest, name: str, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Show a page of the second step."""
    more = {"title": title, SEALED: request.POST.get(SEALED, ""), **context}
    template = f"admin/second_factor/{name}.html"
    return TemplateResponse(request, template, {**site.each_context(request), **more}, status=status)


def lead_on(site: AdminSite, request: HttpRequest, leads_to: str) -> HttpResponse:
    """Lead a colleague who is in to what was written before, else to where the login was asked for."""
    if unsent := request.POST.get(SEALED, ""):
        return give_back(site, request, unsent)
    return redirect(leads_to if leads_to.startswith("/admin/") else "admin:index")
