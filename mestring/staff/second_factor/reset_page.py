"""The page on which an administrator asks for a reset of a colleague's second step, and another confirms it."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mestring.staff.second_factor import resets
from mestring.staff.second_factor.codes import has_second_factor

DEEDS = {
    "ask": resets.ask_for_reset,
    "confirm": resets.confirm_reset,
    "withdraw": resets.withdraw_reset,
}


def reset_view(site: AdminSite, request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the reset stands, with the buttons that this colleague may press."""
    by: User = request.user  # type: ignore[assignment]  # the site lets no one else in
    if not resets.is_concerned(by):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk, is_staff=True)
    if deed := next((DEEDS[name] for name in DEEDS if name in request.POST), None):
        try:
            deed(person, by)
        except resets.NotAllowed:
            messages.error(request, _("Nothing was done: what was asked for has changed meanwhile."))
        else:
            if deed is resets.confirm_reset:
                messages.success(
                    request, _("%(name)s sets the second step up anew with the next login.") % {"name": person}
                )
        return redirect(request.path)
    asked = resets.asked_for(person)
    context = {
        **site.each_context(request),
        "title": _("Lost phone of %(name)s") % {"name": person},
        "person": person,
        "asked": asked,
        "has_one": has_second_factor(person),
        "may_ask": resets.may_ask(by, person),
        "may_confirm": asked and resets.may_confirm(by, asked),
    }
    return TemplateResponse(request, "admin/second_factor/reset.html", context)


def reset_to_confirm(user: User) -> tuple[str, str] | None:
    """Return the line of the first page about a reset that waits for this colleague."""
    if not resets.is_concerned(user):
        return None
    for asked in resets.waiting_resets().select_related("person"):
        if resets.may_confirm(user, asked):
            words = _("The second step of the login of %(name)s is to be reset. Confirm it, or say no.")
            return words % {"name": asked.person}, reverse("admin:second_factor_reset", args=[asked.person_id])
    return None
