"""The pages on which a colleague sets up a passkey or an app with codes, and gets recovery codes."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from mestring.staff.second_factor.adapter import UnreadableSecret
from mestring.staff.second_factor.codes import (
    WrongCode,
    codes_left,
    generate_totp_secret,
    has_app,
    has_second_factor,
    set_up_app,
)
from mestring.staff.second_factor.form import CodeForm, say_wrong, say_wrong_passkey
from mestring.staff.second_factor.page import PASSKEY, lead_on, show
from mestring.staff.second_factor.passkeys import add_passkey, ask_to_make, passkeys_of, passkeys_work
from mestring.staff.second_factor.waiting_login import finish_login, has_just_passed, waiting_login
from mestring.staff.unsent.pages import SEALED, login_again

NEW_SECRET = "second_factor_secret"  # noqa: S105 (a key of the session, where the secret lies encrypted)


def set_up_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Let a colleague without a second step set it up, and one who has just used it add a passkey."""
    login = waiting_login(request)
    person = login.person if login else request.user
    if not login and not site.has_permission(request):
        return login_again(site, request, request.POST.get(SEALED, ""))
    if not isinstance(person, User) or (login and has_second_factor(person)):
        # A login that waits for its second step must not get round it by setting up another.
        return redirect("admin:second_step")
    has_one = has_second_factor(person)
    answer, form = request.POST.get(PASSKEY, ""), CodeForm(None if has_one else request.POST or None)
    if has_one and not (answer and has_just_passed(request)):
        return _state_page(site, request, person)
    try:
        if answer:
            codes = add_passkey(person, answer)
        elif form.is_valid():
            codes = set_up_app(person, _new_secret(request), form.cleaned_data["code"])
        else:
            return set_up_page(site, request, person, form)
    except WrongCode:
        if has_one:
            return _state_page(site, request, person, passkey_fault=say_wrong_passkey())
        if answer:
            return set_up_page(site, request, person, CodeForm(), passkey_fault=say_wrong_passkey())
        say_wrong(form)
        return set_up_page(site, request, person, form)
    request.session.pop(NEW_SECRET, None)
    finish_login(request, person)
    if not codes:
        return redirect("admin:second_factor")
    leads_to = login.leads_to if login else ""
    return show(site, request, "recovery_codes", _("Your recovery codes"), codes=codes, leads_to=leads_to)


def go_on_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Lead on from the recovery codes to where the login led."""
    if not site.has_permission(request):
        return login_again(site, request, request.POST.get(SEALED, ""))
    return lead_on(site, request, request.POST.get("next", ""))


def set_up_page(site: AdminSite, request: HttpRequest, person: User, form: CodeForm, **more: Any) -> HttpResponse:
    """Offer a passkey, show the key that an app is to learn, and ask for its first code."""
    secret = _new_secret(request)
    url = get_adapter().build_totp_url(person, secret)
    picture = get_adapter().build_totp_svg(url).partition("?>")[2]
    return show(
        site, request, "set_up", _("Set up the second step of your login"),
        form=form, app_url=mark_safe(url), picture=mark_safe(picture),  # noqa: S308 (made by allauth, percent-encoded)
        groups=[secret[at : at + 4] for at in range(0, len(secret), 4)],
        question=_question(request, person), **more,
    )  # fmt: skip


def _state_page(site: AdminSite, request: HttpRequest, person: User, **more: Any) -> HttpResponse:
    can_add = has_just_passed(request)
    return show(
        site, request, "state", _("You log in in two steps"),
        has_app=has_app(person), made=passkeys_of(person), codes_left=codes_left(person), can_add=can_add,
        question=_question(request, person) if can_add else None, **more,
    )  # fmt: skip


def _question(request: HttpRequest, person: User) -> dict[str, Any] | None:
    return ask_to_make(person) if passkeys_work(request) else None


def _new_secret(request: HttpRequest) -> str:
    """Return the secret that the colleague's app is to learn. In the session it lies encrypted."""
    try:
        return get_adapter().decrypt(request.session.get(NEW_SECRET, ""))
    except UnreadableSecret:
        secret = generate_totp_secret()
        request.session[NEW_SECRET] = get_adapter().encrypt(secret)
        return secret
