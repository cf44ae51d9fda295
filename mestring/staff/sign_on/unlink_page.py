"""The page on which an administrator takes a colleague's connection with the provider away.

One administrator is enough, unlike for a reset of the second step: what is left is the password and that step.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from mestring.staff.accounts.rules import ADMINISTERS
from mestring.staff.sign_on.links import is_linked, unlink
from mestring.staff.sign_on.provider import is_set_up


def may_unlink(by: User, person: User) -> bool:
    """Say whether this colleague may take the connection of that one away. The own one has a page of its own."""
    return by.has_perm(ADMINISTERS) and by.pk != person.pk


def unlink_view(site: AdminSite, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and take the connection away at the press of the button."""
    if not is_set_up():
        raise Http404
    by: User = request.user  # type: ignore[assignment]  # the site lets no one else in
    person = get_object_or_404(User, pk=pk, is_staff=True)
    if not may_unlink(by, person):
        raise PermissionDenied
    if request.method == "POST":
        if unlink(person, by):
            messages.success(request, _("%(name)s logs in with the password again.") % {"name": person})
        return redirect("admin:auth_user_change", person.pk)
    context = {
        **site.each_context(request),
        "title": _("Login of %(name)s with %(provider)s") % {"name": person, "provider": settings.SIGN_ON_NAME},
        "opts": User._meta,
        "person": person,
        "provider": settings.SIGN_ON_NAME,
        "is_linked": is_linked(person),
    }
    return TemplateResponse(request, "admin/sign_on/unlink.html", context)
