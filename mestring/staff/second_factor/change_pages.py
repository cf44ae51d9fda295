"""The pages on which a colleague changes what the second step is made of. Each ends the other logins.

They ask anew who it is (mestring.staff.reauthentication): a thief of an open login must not add a key.
"""

from typing import cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from mestring.staff.login.browser_words import browser_in_words
from mestring.staff.login.open_logins import end_other_logins
from mestring.staff.second_factor.codes import Kind, LastFactor, has_app, new_recovery_codes, remove_factor
from mestring.staff.second_factor.page import show
from mestring.staff.second_factor.passkeys import LONGEST_NAME, name_in, passkeys_work
from mestring.staff.second_factor.set_up_page import (
    Outcome,
    app_to_learn,
    codes_page,
    new_app,
    new_passkey,
    question,
)

STATE = "admin:second_factor"


def add_app_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Add an app with codes where there is none."""
    person = cast(User, request.user)
    if has_app(person):
        return redirect(STATE)
    outcome = new_app(request, person)
    if isinstance(outcome, list):
        return _added(site, request, outcome)
    context = app_to_learn(request, person) | outcome
    return show(site, request, "add_app", _("Add an app with codes"), **context)


def add_passkey_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Add a passkey, under a name that its owner knows it by."""
    person = cast(User, request.user)
    if not passkeys_work(request):
        return redirect(STATE)
    outcome: Outcome = new_passkey(request, person) if request.method == "POST" else {}
    if isinstance(outcome, list):
        return _added(site, request, outcome)
    browser = browser_in_words(request.META.get("HTTP_USER_AGENT", ""))
    context = outcome | {"question": question(request, person), "proposed": browser, "longest": LONGEST_NAME}
    return show(site, request, "add_passkey", _("Make a passkey"), **context)


def passkey_view(site: AdminSite, request: HttpRequest, pk: int) -> HttpResponse:
    """Give a passkey another name, or remove it."""
    mine = Authenticator.objects.filter(user_id=request.user.pk, type=Kind.WEBAUTHN)
    passkey = get_object_or_404(mine, pk=pk)
    if "remove" in request.POST:
        return _remove(request, passkey)
    if request.method == "POST":
        passkey.wrap().name = name_in(request)
        passkey.save(update_fields=["data"])
        messages.success(request, _("The name is changed."))
        return redirect(STATE)
    return show(site, request, "own_passkey", _("Your passkey"), passkey=passkey, longest=LONGEST_NAME)


def remove_app_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Ask, and remove the app with codes."""
    app = get_object_or_404(Authenticator, user_id=request.user.pk, type=Kind.TOTP)
    if request.method == "POST":
        return _remove(request, app)
    return show(site, request, "remove_app", _("Remove the app with codes"))


def recovery_codes_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Ask, and make the recovery codes anew: those of before work no longer."""
    if request.method == "POST":
        codes = new_recovery_codes(cast(User, request.user))
        end_other_logins(request, cast(User, request.user))
        return codes_page(site, request, codes)
    return show(site, request, "new_codes", _("Make new recovery codes"))


def _added(site: AdminSite, request: HttpRequest, codes: list[str]) -> HttpResponse:
    end_other_logins(request, cast(User, request.user))
    if codes:
        return codes_page(site, request, codes)
    messages.success(request, _("It is added. You are logged out everywhere but here."))
    return redirect(STATE)


def _remove(request: HttpRequest, factor: Authenticator) -> HttpResponse:
    person = cast(User, request.user)
    try:
        remove_factor(person, factor, may_be_last=not settings.SECOND_FACTOR_REQUIRED)
    except LastFactor:
        messages.error(request, _("This is your only way to log in. Add another first."))
    else:
        end_other_logins(request, person)
        messages.success(request, _("It is removed. You are logged out everywhere but here."))
    return redirect(STATE)
