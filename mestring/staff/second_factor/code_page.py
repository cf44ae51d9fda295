"""The page that asks for a passkey or a code after the password."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mestring.staff.login.limits import TooManyLogins
from mestring.staff.second_factor.codes import WrongCode, use_code
from mestring.staff.second_factor.form import CodeForm, say_too_many, say_wrong, say_wrong_passkey
from mestring.staff.second_factor.page import PASSKEY, lead_on, show
from mestring.staff.second_factor.passkeys import ask_to_use, passkeys_of, passkeys_work, use_passkey
from mestring.staff.second_factor.waiting_login import WaitingLogin, finish_login, waiting_login
from mestring.staff.unsent.pages import SEALED, login_again


def code_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Check what a login that waits for it was answered with."""
    login = waiting_login(request)
    if login is None:
        return login_again(site, request, request.POST.get(SEALED, ""))
    if answer := request.POST.get(PASSKEY, ""):
        return _check_passkey(site, request, login, answer)
    form = CodeForm(None if login.passkey_alone else request.POST or None)
    status = 200
    if form.is_valid():
        try:
            use_code(request, login.person, form.cleaned_data["code"])
        except WrongCode:
            say_wrong(form)
        except TooManyLogins as early:
            say_too_many(form, early)
            status = 429
        else:
            finish_login(request, login.person)
            return lead_on(site, request, login.leads_to)
    return code_page(site, request, login.person, form, status, passkey_alone=login.passkey_alone)


def _check_passkey(site: AdminSite, request: HttpRequest, login: WaitingLogin, answer: str) -> HttpResponse:
    try:
        use_passkey(request, login.person, answer)
    except WrongCode:
        fault = say_wrong_passkey()
        alone = login.passkey_alone
        return code_page(site, request, login.person, CodeForm(), passkey_fault=fault, passkey_alone=alone)
    finish_login(request, login.person)
    return lead_on(site, request, login.leads_to)


def code_page(
    site: AdminSite, request: HttpRequest, person: User, form: CodeForm, status: int = 200, **more: Any
) -> HttpResponse:
    """Ask for the passkey where the colleague has made one, and for a code."""
    question = ask_to_use(person) if passkeys_work(request) and passkeys_of(person) else None
    more |= {"form": form, "question": question}
    is_in = site.has_permission(request)  # and confirms the login
    title = _("Confirm that it is you: step 2 of 2") if is_in else _("Log in: step 2 of 2")
    return show(site, request, "code", title, status, **more)
