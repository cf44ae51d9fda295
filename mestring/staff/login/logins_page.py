"""The page on which a colleague sees where they are logged in, and logs out elsewhere."""

from typing import cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from mestring.staff.login.open_logins import end_login, end_other_logins, open_logins


def logins_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """List the logins; on POST end the others, or the one that was chosen."""
    person = cast(User, request.user)
    if request.method == "POST":
        if "others" in request.POST:
            end_other_logins(request, person)
            messages.success(request, _("You are logged out everywhere but here."))
        else:
            end_login(person, request.POST.get("end", ""))
            messages.success(request, _("You are logged out there."))
        return redirect(request.path)
    context = {**site.each_context(request), "title": _("Your logins"), "logins": open_logins(request, person)}
    return TemplateResponse(request, "admin/own_logins.html", context)
