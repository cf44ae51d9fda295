"""The page about the keys, and what every step on it keeps: a POST, and the page again with what went wrong."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from contact.admin.access.opener import is_unlocked
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.keys.openers import keep_open
from contact.keys import key_holders, recovery
from contact.keys.ceremony import Ceremony
from contact.keys.keyring import KeyringRefused, KeysMissing
from contact.keys.recovery_paper import PaperWrong
from contact.permissions import READER, holds_right
from contact.unlocking.open_paper import open_until
from contact.unlocking.unlocking import Locked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PAGE = "admin:contact_grant_changelist"
# Template and title: of the ceremony, and of what is needed in a rare case, with the steps that are taken there.
CEREMONY = ("admin/contact/keyring.html", _("Who can open the inbox"))
RARE_CASES = {
    "paper": ("admin/contact/keyring/paper.html", _("The recovery paper")),
    "key": ("admin/contact/keyring/new_key.html", _("Make a new key")),
}
TAKEN_ON = dict.fromkeys(("print-new-paper", "replace-paper", "keep-old-paper", "prove-again"), "paper")
TAKEN_ON["new-key"] = "key"

StepView = Callable[[RestrictedAdmin, HttpRequest], HttpResponse]


def keyring_page(
    section: RestrictedAdmin, request: HttpRequest, *, page: str = "", problem: str = "", failed: str = ""
) -> HttpResponse:
    """Show the ceremony, or the page of a rare case; after a step that failed, the page where it is taken."""
    file, ceremony = key_holders.paper_file(), Ceremony()
    template, title = RARE_CASES.get(page or TAKEN_ON.get(failed, ""), CEREMONY)
    mine = next((one for one in ceremony.people if one.user == request.user), None)
    context: dict[str, Any] = {
        "title": title,
        "ceremony": ceremony,
        "can_unlock": mine in ceremony.inside,
        "is_to_choose": mine in ceremony.without_passphrase,
        "is_live": settings.MODE == "live",
        "file": file,
        "file_exists": file.exists(),
        "is_unlocked": is_unlocked(request),
        "paper_open_until": open_until(request.session),
        "reads": holds_right(request.user, READER),
        "new_paper_waits": recovery.is_new_paper_waiting(),
        "another_types": recovery.is_for_another_to_type(cast("User", request.user)),
        "problem": problem,
        "failed": failed,
    }
    return section.render(request, template, context, status=422 if problem else 200)


def rare_case(page: str) -> StepView:
    """Return the view of the page of a rare case."""

    def show(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
        return keyring_page(section, request, page=page)

    return show


def step(name: str, do: Callable[[HttpRequest], str], *, takes_paper: bool = False) -> StepView:
    """Return the view of a step: `do` takes it and returns the sentence that says so.

    A step that fails shows the page with the problem; nothing that was typed comes back. A paper stays open only
    after a step that has found it to be right.
    """

    @method_decorator(require_POST)
    def take_step(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
        try:
            messages.success(request, do(request))
        except (PaperWrong, KeysMissing, KeyringRefused) as error:
            return keyring_page(section, request, problem=_describe(error), failed=name)
        response = HttpResponseRedirect(reverse(PAGE))
        if takes_paper:
            keep_open(request, response)
        return response

    return take_step


def _describe(error: Exception) -> str:
    """Return what a keyholder can do about it; most errors say so themselves."""
    if isinstance(error, Locked):
        return str(_("Unlock the inbox first, or type the four lines of the paper."))
    if isinstance(error, PaperWrong):
        return f"{error} " + str(_("Nothing of what you typed is kept. Type all four lines again."))
    return str(error)
