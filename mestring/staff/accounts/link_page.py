"""The page on which an administrator has a colleague sent the link to choose a password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from mestring.staff.accounts.invitations import is_handed_over, send_link
from mestring.staff.accounts.links import is_invited, path_of_link


def link_page(section: Any, request: HttpRequest, person: User) -> HttpResponse:
    """Say where the account stands. A press sends the link; in a demo the link is shown too, to be handed over."""
    pressed, link = request.method == "POST", ""
    may_send = person.is_active and bool(person.email or is_handed_over())
    if pressed and may_send:
        send_link(person, request.user)  # type: ignore[arg-type]  # the site lets no one else in
        if not is_handed_over():
            messages.success(request, _("The link is on its way to %(address)s.") % {"address": person.email})
            return redirect(request.path)
    if is_handed_over() and person.is_active and (pressed or is_invited(person)):
        link = request.build_absolute_uri(path_of_link(person))
    title = _("Invitation of %(name)s") if is_invited(person) else _("Password of %(name)s")
    context = {
        **section.admin_site.each_context(request),
        "title": title % {"name": person},
        "opts": section.opts,
        "person": person,
        "is_invited": is_invited(person),
        "may_send": may_send,
        "link": link,
    }
    return TemplateResponse(request, "admin/accounts/link.html", context)
