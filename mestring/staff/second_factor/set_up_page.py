"""The pages on which a colleague sets up an app with codes and gets recovery codes."""

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
    has_second_factor,
    set_up_app,
)
from mestring.staff.second_factor.form import CodeForm, say_wrong
from mestring.staff.second_factor.page import lead_on, show
from mestring.staff.second_factor.waiting_login import finish_login, waiting_login
from mestring.staff.unsent.pages import SEALED, login_again

NEW_SECRET = "second_factor_secret"  # noqa: S105 (a key of the session, where the secret lies encrypted)


def set_up_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Let a colleague without a second step set it up; show what there is to one who has it."""
    login = waiting_login(request)
    person = login.person if login else request.user
    if not login and not site.has_permission(request):
        return login_again(site, request, request.POST.get(SEALED, ""))
    if not isinstance(person, User) or has_second_factor(person):
        # A login that waits for its second step must not get round it by setting up another.
        return redirect("admin:second_step") if login else _state_page(site, request)
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return set_up_page(site, request, person, form)
    try:
        codes = set_up_app(person, _new_secret(request), form.cleaned_data["code"])
    except WrongCode:
        say_wrong(form)
        return set_up_page(site, request, person, form)
    leads_to = login.leads_to if login else ""
    del request.session[NEW_SECRET]
    finish_login(request, person)
    title = _("Your recovery codes")
    return show(site, request, "recovery_codes", title, codes=codes, leads_to=leads_to)


def go_on_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Lead on from the recovery codes to where the login led."""
    if not site.has_permission(request):
        return login_again(site, request, request.POST.get(SEALED, ""))
    return lead_on(site, request, request.POST.get("next", ""))


def set_up_page(site: AdminSite, request: HttpRequest, person: User, form: CodeForm) -> HttpResponse:
    """Show the key that the app is to learn, and ask for its first code."""
    secret = _new_secret(request)
    url = get_adapter().build_totp_url(person, secret)
    picture = get_adapter().build_totp_svg(url).partition("?>")[2]
    return show(
        site, request, "set_up", _("Set up logging in with a code"),
        form=form, app_url=mark_safe(url), picture=mark_safe(picture),  # noqa: S308 (made by allauth, percent-encoded)
        groups=[secret[at : at + 4] for at in range(0, len(secret), 4)],
    )  # fmt: skip


def _state_page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    left = codes_left(request.user)  # type: ignore[arg-type]  # a colleague: the site has asked
    return show(site, request, "state", _("You log in with a code"), codes_left=left)


def _new_secret(request: HttpRequest) -> str:
    """Return the secret that the colleague's app is to learn. In the session it lies encrypted."""
    try:
        return get_adapter().decrypt(request.session.get(NEW_SECRET, ""))
    except UnreadableSecret:
        secret = generate_totp_secret()
        request.session[NEW_SECRET] = get_adapter().encrypt(secret)
        return secret
