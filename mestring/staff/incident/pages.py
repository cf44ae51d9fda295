"""The page where it begins, and the page that keyholders and administrators work down together."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from mestring.staff.incident import opening, stopping
from mestring.staff.incident.facts import facts_of
from mestring.staff.incident.forms import AwareForm, BeginForm
from mestring.staff.incident.runbook import runbook_for
from mestring.staff.models import Incident


def begin_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Ask for the account and the time; the events without an account are told below."""
    by = _handler(request)
    form = BeginForm(request.POST or None, chosen=request.GET.get("account", ""))
    if request.method == "POST" and form.is_valid():
        account = form.cleaned_data["account"]
        since = form.cleaned_data["since"]
        incident, is_new = opening.begin(by, account, _username(account, form.gone), since)
        if not is_new and incident.begun_by != by.get_username():
            messages.info(
                request, _("%(who)s has begun this already. You share the page.") % {"who": incident.begun_by}
            )
        return redirect("admin:incident", incident.pk)
    context = {"title": _("Something has happened"), "form": form, "incidents": opening.visible_incidents(by)}
    return _show(site, request, "begin", context, by, 422 if form.errors else 200)


def incident_view(site: AdminSite, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page; a button does one thing and leads back to it."""
    by = _handler(request)
    incident = opening.visible_incidents(by).filter(pk=pk).first()
    if incident is None:
        return _is_ended(request)
    form = AwareForm({"aware_at": request.POST.get("aware_at", "")} if "aware" in request.POST else None)
    if request.method == "POST" and (done := _do(request, incident, by, form)):
        return done
    context = {
        "title": _("Something has happened"),
        "incident": incident,
        "form": form if form.is_bound else AwareForm(initial={"aware_at": incident.aware_at}),
        **facts_of(incident, by),
    }
    return _show(site, request, "incident", context, by, 422 if form.errors else 200)


def _do(request: HttpRequest, incident: Incident, by: User, form: AwareForm) -> HttpResponse | None:
    """Do what the pressed button says; None when the page is to be shown with what was typed."""
    if "stop" in request.POST:
        _stop(request, incident, by)
    elif "end" in request.POST:
        opening.end(incident, by)
        messages.success(request, _("It is ended. The access log keeps what was done."))
        return redirect("admin:incident_begin")
    elif form.is_valid():
        Incident.objects.filter(pk=incident.pk).update(aware_at=form.cleaned_data["aware_at"])
    elif form.is_bound:
        return None
    return redirect("admin:incident", incident.pk)


def _stop(request: HttpRequest, incident: Incident, by: User) -> None:
    person = User.objects.filter(pk=incident.account).first()
    if person is None:
        messages.error(request, _("The account is deleted: there is nothing left to log out."))
        return
    if person == by:
        stopping.stop_own(request, person)
        messages.success(request, _("You are logged out everywhere but here."))
        return
    reasons = stopping.stop(person, by, lock="lock" in request.POST, take="take" in request.POST)
    messages.success(request, _("%(name)s is logged out everywhere.") % {"name": person})
    for reason in reasons:
        messages.error(request, _("The account could not be locked. %(why)s") % {"why": reason})


def _handler(request: HttpRequest) -> User:
    by = cast(User, request.user)
    if not opening.may_handle(by):
        raise PermissionDenied
    return by


def _is_ended(request: HttpRequest) -> HttpResponse:
    """Say so after a press; an address that is only opened leads nowhere, whatever it was about."""
    if request.method != "POST":
        raise Http404
    messages.error(request, _("Nothing was done: a colleague has ended it meanwhile. Begin anew if it goes on."))
    return redirect("admin:incident_begin")


def _username(account: int, gone: dict[int, str]) -> str:
    person = User.objects.filter(pk=account).first()
    return person.get_username() if person else gone.get(account, "")


def _show(
    site: AdminSite, request: HttpRequest, name: str, context: dict[str, Any], by: User, status: int
) -> HttpResponse:
    frame = {**site.each_context(request), "runbook": runbook_for(by)}
    return TemplateResponse(request, f"admin/incident/{name}.html", frame | context, status=status)
