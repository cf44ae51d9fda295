"""The two pages that an unsent form passes: the login with the form inside it, and the form for sending again."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mestring.staff.login.form import LoginForm
from mestring.staff.unsent.destination import destination_of
from mestring.staff.unsent.sealed_form import UnsentForm, open_form, seal_form
from mestring.staff.unsent.writer import writer_of
from mestring.staff.unsent.written import written_in

SEALED = "unsent"  # the hidden field of the login page


def ask_for_login(site: AdminSite, request: HttpRequest, **more: Any) -> HttpResponse | None:
    """Show the login with the form that was sent, for the account that wrote it; None when the form does not say.

    The status is 403, so that no script takes the page for an answer.
    """
    writer = writer_of(request.POST)
    if writer is None:
        return None
    sealed = seal_form(UnsentForm.read(request), writer)
    return login_again(site, request, sealed, is_too_long=not sealed, **more)


def login_again(site: AdminSite, request: HttpRequest, sealed: str, **more: Any) -> HttpResponse:
    """Show the login anew, with the form that it carries."""
    context = {
        **site.each_context(request),
        "title": _("Log in"),
        "app_path": reverse("admin:login"),
        "next": reverse("admin:index"),
        "form": LoginForm(request),
        SEALED: sealed,
        **more,
    }
    return TemplateResponse(request, "admin/login.html", context, status=403)


def give_back(site: AdminSite, request: HttpRequest, sealed: str) -> HttpResponse:
    """Show the form that came through the login to the account that wrote it."""
    form = open_form(sealed, request.user.pk or 0)
    if form is None:
        context = {**site.each_context(request), "title": _("What was written here belongs to another colleague")}
        return TemplateResponse(request, "admin/unsent_of_another.html", context)
    return show_unsent(site, request, form)


def show_unsent(site: AdminSite, request: HttpRequest, form: UnsentForm, status: int = 200) -> HttpResponse:
    """Show what was not sent, with a button that sends it on."""
    destination = destination_of(form)
    if destination is None:
        return redirect("admin:index")
    written = written_in(form)
    context = {
        **site.each_context(request),
        "title": _("What you had written") if written else _("Go on where you were"),
        "destination": destination,
        "written": written,
        "has_files": form.has_files,
    }
    return TemplateResponse(request, "admin/unsent.html", context, status=status)


def show_gone(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Show the words of a form whose row a colleague has deleted meanwhile, for copying: nothing takes them."""
    form = UnsentForm.read(request)
    context = {**site.each_context(request), "title": _("What you had written"), "written": written_in(form)}
    return TemplateResponse(request, "admin/unsent.html", context, status=410)


def after_stale_token(site: AdminSite, request: HttpRequest) -> HttpResponse | None:
    """Answer a form whose token is of an earlier login; None where it is not known to be ours, or its writer's."""
    if not comes_from_us(request) or writer_of(request.POST) is None:
        return None
    if not site.has_permission(request):
        return ask_for_login(site, request)
    if writer_of(request.POST) == str(request.user.pk):
        return show_unsent(site, request, UnsentForm.read(request), status=403)
    return ask_for_login(site, request, is_of_another=True)


def comes_from_us(request: HttpRequest) -> bool:
    """Say whether the browser reports that a page of this site sent the request. Silence is no report."""
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said == "same-origin"
    ours = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == ours
    return request.headers.get("Referer", "").startswith(f"{ours}/")
