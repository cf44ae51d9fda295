"""The view to which the provider sends the browser back: it logs in, proves anew, or asks to connect."""

import logging

from django.contrib.admin import AdminSite
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from contact.sender.rate_limit import network_of
from mestring.staff.login.throttle import forget_sign_on
from mestring.staff.reauthentication.confirmed import confirm
from mestring.staff.second_factor.after_password import needs_second_step
from mestring.staff.second_factor.codes import has_second_factor
from mestring.staff.second_factor.waiting_login import BACKEND, begin_waiting, finish_login
from mestring.staff.sign_on.asking import ProviderAway
from mestring.staff.sign_on.begin import show_fault
from mestring.staff.sign_on.connect import offer
from mestring.staff.sign_on.exchange import identify
from mestring.staff.sign_on.id_token import Identity, NotProven
from mestring.staff.sign_on.links import person_of
from mestring.staff.sign_on.provider import is_set_up
from mestring.staff.sign_on.started import AGAIN, CONNECT, LOGIN, Started, take_started

log = logging.getLogger("mestring.staff")


def back_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Take the provider's answer to what this browser asked, once."""
    if not is_set_up():
        raise Http404
    started = take_started(request, request.GET.get("state", ""))
    if started is None:
        return show_fault(site, request, "unasked", 403)
    try:
        identity = identify(started, request.GET)
    except ProviderAway:
        return show_fault(site, request, "away", 503)
    except NotProven as fault:
        log.warning("single sign-on did not count: %s", fault)
        return show_fault(site, request, "refused", 403)
    if started.purpose == CONNECT:
        return offer(request, identity)
    person = person_of(identity.subject)
    if person is None or (started.purpose != LOGIN and person != request.user):
        user_login_failed.send(__name__, credentials={"username": ""}, request=request)
        return show_fault(site, request, "unknown", 403)
    forget_sign_on(network_of(request))
    return _let_in(request, person, identity, started)


def _let_in(request: HttpRequest, person: User, identity: Identity, started: Started) -> HttpResponse:
    """Log in who has passed two steps at the provider; of another, ask for the second step here."""
    if identity.in_two_steps:
        finish_login(request, person)
    elif needs_second_step(person):
        begin_waiting(request, person, started.leads_to, at_provider=True)
        return redirect("admin:second_step" if has_second_factor(person) else "admin:second_factor")
    elif started.purpose == AGAIN:
        confirm(request)
    else:
        login(request, person, backend=BACKEND)
    return redirect(started.leads_to)
