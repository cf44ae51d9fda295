"""A new recovery paper in the admin: shown once to be printed, and put in place when it is typed."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.keys.openers import reader_opener
from contact.admin.keys.page import keyring_page
from contact.keys import recovery
from contact.keys.keyring import KeyringRefused, KeysMissing

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@method_decorator(require_POST)
def print_new_paper(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
    """Show a new paper, once: a second request makes another one."""
    try:
        text = recovery.print_new_paper(reader_opener(request), cast("User", request.user))
    except (KeysMissing, KeyringRefused) as error:
        return keyring_page(section, request, problem=str(error), failed="print-new-paper")
    list(messages.get_messages(request))  # a message from before must not stand on the print
    context = {
        "title": _("A new recovery paper"),
        "text": text,
    }
    headers = {"Cache-Control": "no-store"}
    return section.render(request, "admin/contact/new_paper.html", context, headers=headers)


def replace_paper(request: HttpRequest) -> str:
    """Put the new paper in place with what was typed from its print."""
    recovery.replace_paper(request.POST.get("typed", ""), reader_opener(request), cast("User", request.user))
    return _(
        "The new recovery paper is proven. The old one opens nothing here any more: destroy it if you find it."
    )


def keep_old_paper(request: HttpRequest) -> str:
    """Discard the new paper."""
    recovery.keep_old_paper(cast("User", request.user))
    return _("The new paper is discarded. The old one counts as before.")
