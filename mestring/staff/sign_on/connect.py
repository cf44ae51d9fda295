"""The page on which a colleague connects the own account with one at the provider, and takes the connection away.

Connected is what has just been logged in to at the provider, after a second look and a press of a button: an
address that another has made a colleague open connects nothing.
"""

import time
from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from mestring.staff.login.open_logins import end_other_logins
from mestring.staff.sign_on.id_token import Identity
from mestring.staff.sign_on.links import TakenByAnother, is_linked, link, unlink
from mestring.staff.sign_on.provider import is_set_up
from mestring.staff.sign_on.started import PATIENCE, account_of

OFFERED = "sign_on_offered"


def offer(request: HttpRequest, identity: Identity) -> HttpResponse:
    """Keep what the colleague is asked about, for this account alone."""
    request.session[OFFERED] = {"identity": asdict(identity), "for": account_of(request), "at": time.time()}
    return redirect("admin:sign_on_connect")


def offered(request: HttpRequest) -> Identity | None:
    """Return what this account was asked about within ten minutes."""
    kept = request.session.get(OFFERED)
    if not kept or kept["for"] != account_of(request) or not 0 <= time.time() - kept["at"] < PATIENCE:
        return None
    return Identity(**kept["identity"])


def connect_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Show whether the account is connected, ask about what was logged in to, and do what the button says."""
    if not is_set_up():
        raise Http404
    person: User = request.user  # type: ignore[assignment]  # the site lets no one else in
    identity = offered(request)
    if request.method == "POST":
        request.session.pop(OFFERED, None)
        if "connect" in request.POST and identity:
            _connect(request, person, identity)
        elif "take_away" in request.POST and unlink(person, person):
            end_other_logins(request, person)
            messages.success(request, _("You log in with your password again."))
        return redirect("admin:sign_on_connect")
    context = {
        **site.each_context(request),
        "title": _("Log in with %(provider)s") % {"provider": settings.SIGN_ON_NAME},
        "provider": settings.SIGN_ON_NAME,
        "is_linked": is_linked(person),
        "offered": identity,
    }
    return TemplateResponse(request, "admin/sign_on/connect.html", context)


def _connect(request: HttpRequest, person: User, identity: Identity) -> None:
    try:
        link(person, identity.subject)
    except TakenByAnother:
        messages.error(request, _("That account is connected with another colleague here. Nothing was changed."))
    else:
        end_other_logins(request, person)
        messages.success(
            request,
            _("Connected. From now on you log in with %(provider)s.") % {"provider": settings.SIGN_ON_NAME},
        )
