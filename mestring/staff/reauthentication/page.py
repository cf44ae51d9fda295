"""The page that asks a colleague who is logged in for the password anew; the second step has its own page.

What was typed travels along, as over an expired login (mestring.staff.unsent), and is never carried out unasked.
"""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mestring.staff.login.form import LoginForm, logs_in_elsewhere
from mestring.staff.reauthentication.confirmed import confirm
from mestring.staff.second_factor.after_password import after_password
from mestring.staff.second_factor.page import lead_on, show
from mestring.staff.sign_on.links import has_passkey, is_linked
from mestring.staff.unsent.pages import SEALED, login_again
from mestring.staff.unsent.sealed_form import UnsentForm, is_secret, seal_form


class ConfirmForm(LoginForm):
    """The password of the colleague who is logged in, with the brakes of the login."""

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        """Take the name from the login, whatever was sent as one."""
        name = {"username": request.user.get_username()}
        super().__init__(request, name | {"password": data.get("password", "")} if data else None)
        self.fields["password"].widget.attrs["autofocus"] = True

    def get_invalid_login_error(self) -> ValidationError:
        return ValidationError(_("This is not your password."), code="invalid_login")


def ask_anew(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Ask, and lead on from there. A form gets 403, so that no script takes the page for its answer."""
    if request.method != "POST":
        return redirect(f"{reverse('admin:confirm_login')}?{urlencode({'next': request.get_full_path()})}")
    if _holds_keys(request):
        return _page(site, request, ConfirmForm(request), 403, leads_to=request.path)
    sealed = seal_form(UnsentForm.read(request), str(request.user.pk))
    return _page(site, request, ConfirmForm(request), 403, **{SEALED: sealed}, is_too_long=not sealed)


def confirm_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Check the password; then comes the second step, where the colleague has one."""
    if not site.has_permission(request):
        return login_again(site, request, request.POST.get(SEALED, ""))
    person = cast(User, request.user)
    form = ConfirmForm(request, request.POST or None)
    if not form.is_valid():
        return _page(site, request, form, 429 if form.is_slowed else 200)
    leads_to = request.POST.get("next", "")
    if is_linked(person) and not has_passkey(person):
        form.add_error(None, logs_in_elsewhere())
        return _page(site, request, form, 200)
    if step := after_password(site, request, person, leads_to):
        return step
    confirm(request)
    return lead_on(site, request, leads_to)


def _holds_keys(request: HttpRequest) -> bool:
    """Say whether a passphrase or a paper was typed. Without it the form is empty, so its page is shown."""
    is_of_keys = request.path.startswith(reverse("admin:app_list", args=["contact"]))
    return is_of_keys and any(is_secret(name) and typed for name, typed in request.POST.items())


def _page(site: AdminSite, request: HttpRequest, form: ConfirmForm, status: int, **more: Any) -> HttpResponse:
    more = {"leads_to": request.POST.get("next", request.GET.get("next", "")), **more}
    more["is_linked"] = is_linked(cast(User, request.user))
    return show(site, request, "confirm", _("Confirm that it is you"), status, form=form, **more)
