"""The pages on which a colleague sets up the second step, sees what it is made of, and gets recovery codes."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from mestring.staff.login.browser_words import browser_in_words
from mestring.staff.login.open_logins import end_other_logins
from mestring.staff.reauthentication.confirmed import is_confirmed
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
from mestring.staff.second_factor.passkeys import add_passkey, ask_to_make, name_in, passkeys_of, passkeys_work
from mestring.staff.second_factor.waiting_login import finish_login, waiting_login
from mestring.staff.unsent.pages import SEALED, login_again

NEW_SECRET = "second_factor_secret"  # noqa: S105 (a key of the session, where the secret lies encrypted)
Outcome = list[str] | dict[str, Any]  # recovery codes, if these are the first; or what the page shows instead


def set_up_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Let a colleague without a second step set it up, and show the others what theirs is made of."""
    login = waiting_login(request)
    person = login.person if login else request.user
    if not login and not site.has_permission(request):
        return login_again(site, request, request.POST.get(SEALED, ""))
    if not isinstance(person, User) or (login and (has_second_factor(person) or login.passkey_alone)):
        # A login that waits for its second step must not get round it by setting up another.
        return redirect("admin:second_step")
    if has_second_factor(person):
        return _state_page(site, request, person)
    if not login and not is_confirmed(request):
        return site.ask_anew(request)  # type: ignore[attr-defined]  # ours
    outcome = (new_passkey if request.POST.get(PASSKEY) else new_app)(request, person)
    if not isinstance(outcome, list):
        return set_up_page(site, request, person, **outcome)
    end_other_logins(request, person)  # also those of one step
    finish_login(request, person)
    return codes_page(site, request, outcome, login.leads_to if login else "")


def go_on_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Lead on from the recovery codes to where the login led."""
    if not site.has_permission(request):
        return login_again(site, request, request.POST.get(SEALED, ""))
    return lead_on(site, request, request.POST.get("next", ""))


def new_passkey(request: HttpRequest, person: User) -> Outcome:
    """Store the passkey that was sent, under its name or else the browser's."""
    try:
        name = name_in(request) or browser_in_words(request.META.get("HTTP_USER_AGENT", ""))
        return add_passkey(request, person, request.POST.get(PASSKEY, ""), name)
    except WrongCode:
        return {"passkey_fault": say_wrong_passkey()}


def new_app(request: HttpRequest, person: User) -> Outcome:
    """Store the app whose first code was sent."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes = set_up_app(person, _new_secret(request, person), form.cleaned_data["code"])
        except WrongCode:
            say_wrong(form)
        else:
            request.session.pop(NEW_SECRET, None)
            return codes
    return {"form": form}


def set_up_page(
    site: AdminSite, request: HttpRequest, person: User, form: CodeForm | None = None, **more: Any
) -> HttpResponse:
    """Offer a passkey, show the key that an app is to learn, and ask for its first code."""
    title = _("Set up the second step of your login")
    context = {"form": form or CodeForm(), **app_to_learn(request, person), "question": question(request, person)}
    return show(site, request, "set_up", title, **context, **more)


def app_to_learn(request: HttpRequest, person: User) -> dict[str, Any]:
    """Return the key that the app is to learn: as a picture, as an address, and for typing."""
    secret = _new_secret(request, person)
    url = get_adapter().build_totp_url(person, secret)
    picture = get_adapter().build_totp_svg(url).partition("?>")[2]
    return {
        "app_url": mark_safe(url),  # noqa: S308 (made by allauth, percent-encoded)
        "picture": mark_safe(picture),  # noqa: S308 (made by allauth)
        "groups": [secret[at : at + 4] for at in range(0, len(secret), 4)],
    }


def codes_page(site: AdminSite, request: HttpRequest, codes: list[str], leads_to: str = "") -> HttpResponse:
    """Show recovery codes, this once."""
    return show(site, request, "recovery_codes", _("Your recovery codes"), codes=codes, leads_to=leads_to)


def question(request: HttpRequest, person: User) -> dict[str, Any] | None:
    """Return what the browser is asked to make; None where it makes no passkey."""
    return ask_to_make(person) if passkeys_work(request) else None


def _state_page(site: AdminSite, request: HttpRequest, person: User) -> HttpResponse:
    return show(
        site, request, "state", _("You log in in two steps"),
        has_app=has_app(person), made=passkeys_of(person), codes_left=codes_left(person),
        can_make=passkeys_work(request),
    )  # fmt: skip


def _new_secret(request: HttpRequest, person: User) -> str:
    """Return the secret that this colleague's app is to learn. In the session it lies encrypted.

    Another colleague who began in this browser has seen the one that was for their own app.
    """
    kept = request.session.get(NEW_SECRET) or {}
    try:
        if kept.get("person") == person.pk:
            return get_adapter().decrypt(kept["secret"])
    except UnreadableSecret:
        pass  # another key file than when it was made
    secret = generate_totp_secret()
    request.session[NEW_SECRET] = {"person": person.pk, "secret": get_adapter().encrypt(secret)}
    return secret
