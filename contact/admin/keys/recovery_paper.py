"""Recovery papers in the admin: shown once to be printed; a new one is put in place when it is typed."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.keys.openers import ask_for_a_reader, reader_opener
from contact.admin.keys.page import keyring_page
from contact.keys import recovery
from contact.keys.keyring import KeyringRefused, KeysMissing

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@method_decorator(require_POST)
def show_first_paper(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
    """Show the paper that was made with the inbox, once: its file goes."""
    try:
        ask_for_a_reader(request)
        text = recovery.show_first_paper(cast("User", request.user))
    except (KeysMissing, KeyringRefused) as error:
        return keyring_page(section, request, problem=str(error), failed="paper")
    return _paper_to_print(section, request, title=_("The recovery paper"), text=text)


@method_decorator(require_POST)
def print_new_paper(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
    """Show a new paper, once: a second request makes another one."""
    try:
        user = cast("User", request.user)
        text = recovery.print_new_paper(reader_opener(request), user)
    except (KeysMissing, KeyringRefused) as error:
        return keyring_page(section, request, problem=str(error), failed="print-new-paper")
    return _paper_to_print(
        section,
        request,
        title=_("A new recovery paper"),
        text=text,
        replaces=True,
        takes_two=recovery.is_for_another_to_type(user),
    )


def _paper_to_print(section: RestrictedAdmin, request: HttpRequest, **context: Any) -> HttpResponse:
    list(messages.get_messages(request))  # a message from before must not stand on the print
    headers = {"Cache-Control": "no-store"}
    return section.render(request, "admin/contact/paper_to_print.html", context, headers=headers)


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
