"""What follows the right password: a code, setting up the second step, or nothing."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from mestring.staff.second_factor.code_page import code_page
from mestring.staff.second_factor.codes import has_second_factor
from mestring.staff.second_factor.form import CodeForm
from mestring.staff.second_factor.set_up_page import set_up_page
from mestring.staff.second_factor.waiting_login import begin_waiting
from mestring.staff.sign_on.links import is_linked


def after_password(site: AdminSite, request: HttpRequest, person: User, leads_to: str) -> HttpResponse | None:
    """Show the second step; None where none is needed."""
    if not needs_second_step(person):
        return None
    has_one = has_second_factor(person)
    begin_waiting(request, person, leads_to)
    if has_one:
        return code_page(site, request, person, CodeForm(), passkey_alone=is_linked(person))
    return set_up_page(site, request, person, CodeForm())


def needs_second_step(person: User) -> bool:
    """Say whether the first step alone does not log this colleague in."""
    return settings.SECOND_FACTOR_REQUIRED or has_second_factor(person)
