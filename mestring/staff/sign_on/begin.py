"""The views that send a browser to the provider: by GET, as the policy lets no form lead to another host."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from contact.sender.rate_limit import network_of
from mestring.staff.login.limits import TooManyLogins
from mestring.staff.login.throttle import count_sign_on
from mestring.staff.sign_on.asking import ProviderAway
from mestring.staff.sign_on.exchange import address_to_ask
from mestring.staff.sign_on.provider import find_provider, is_set_up
from mestring.staff.sign_on.started import LOGIN, Started, account_of, remember


def begin_view(site: AdminSite, request: HttpRequest, purpose: str) -> HttpResponse:
    """Send the browser to the provider, and remember what for."""
    if not is_set_up():
        raise Http404
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    leads_to = reverse("admin:signed_on") if "tab" in request.GET else request.GET.get("next", "")
    is_in = site.has_permission(request)
    if is_in and purpose == LOGIN:
        return redirect(inside(leads_to))
    if not is_in and purpose != LOGIN:
        return redirect("admin:login")
    try:
        count_sign_on(network_of(request))
        provider = find_provider()
    except TooManyLogins:
        return show_fault(site, request, "slowed", 429)
    except ProviderAway:
        return show_fault(site, request, "away", 503)
    # By the name that the colleague uses, where the session's cookie is; the provider lists each of them.
    back = request.build_absolute_uri(reverse("admin:sign_on_back"))
    asked_by = "" if purpose == LOGIN else account_of(request)
    started = Started(purpose, back, inside(leads_to), asked_by)
    remember(request, started)
    return redirect(address_to_ask(provider, started))


def done_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Say that this tab has done its work: what was written stands in the other."""
    context = {**site.each_context(request), "title": _("You are logged in"), "provider": settings.SIGN_ON_NAME}
    return TemplateResponse(request, "admin/sign_on/done.html", context)


def log_out_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Lead to where the login at the provider ends too."""
    if not is_set_up():
        raise Http404
    try:
        address = find_provider().logout
    except ProviderAway:
        address = ""
    return redirect(address) if address else show_fault(site, request, "away", 503)


def inside(address: str) -> str:
    """Return an address of the admin, whatever was asked for."""
    return address if address.startswith("/admin/") else reverse("admin:index")


def show_fault(site: AdminSite, request: HttpRequest, fault: str, status: int, **more: Any) -> HttpResponse:
    """Say why no colleague was logged in, in words of our own: never those of the provider or the address."""
    context = {
        **site.each_context(request),
        "title": _("Not logged in") if not site.has_permission(request) else settings.SIGN_ON_NAME,
        "fault": fault,
        "provider": settings.SIGN_ON_NAME,
        **more,
    }
    return TemplateResponse(request, "admin/sign_on/fault.html", context, status=status)
