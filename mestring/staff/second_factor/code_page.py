"""The page that asks for a code after the password."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mestring.staff.login_throttle import TooManyLogins
from mestring.staff.second_factor.codes import WrongCode, use_code
from mestring.staff.second_factor.form import CodeForm, say_too_many, say_wrong
from mestring.staff.second_factor.page import lead_on, show
from mestring.staff.second_factor.waiting_login import finish_login, waiting_login
from mestring.staff.unsent.pages import SEALED, login_again


def code_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Check the code of a login that waits for it."""
    login = waiting_login(request)
    if login is None:
        return login_again(site, request, request.POST.get(SEALED, ""))
    form = CodeForm(request.POST or None)
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
    return code_page(site, request, form, status)


def code_page(site: AdminSite, request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    """Ask for the code."""
    return show(site, request, "code", _("Log in: step 2 of 2"), form=form, status=status)
