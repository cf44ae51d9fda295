"""Removing a colleague from the inbox: the page that asks, and the removal, which takes effect at once."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.keys.openers import ready_opener
from contact.admin.keys.page import PAGE
from contact.keys import colleagues
from contact.keys.keyring import KeyringRefused, KeysMissing
from contact.models import StaffKey
from contact.permissions import display_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def remove_view(section: RestrictedAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove the colleague, whether or not the keyholder has unlocked the inbox."""
    staff_key = get_object_or_404(StaffKey.objects.select_related("user"), pk=pk)
    is_self = staff_key.user_id == request.user.pk
    name = display_name(staff_key.user)
    problem = _("Ask another keyholder to remove you.") if is_self else ""
    if request.method == "POST" and not is_self:
        try:
            colleagues.remove(staff_key, cast("User", request.user), ready_opener(request))
        except (KeyringRefused, KeysMissing) as error:
            problem = str(error)
        else:
            messages.success(request, _("%(name)s can no longer open the inbox.") % {"name": name})
            return HttpResponseRedirect(reverse(PAGE))
    context = {
        "title": _("Remove a colleague from the inbox"),
        "name": name,
        "is_self": is_self,
        "problem": problem,
    }
    return section.render(request, "admin/contact/remove.html", context, status=422 if problem else 200)
