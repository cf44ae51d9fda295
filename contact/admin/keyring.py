"""Who can open the inbox, and proving the recovery paper: for administrators."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from contact import recovery
from contact.admin.closed import ClosedAdmin
from contact.keys import KeysMissing, paper_file
from contact.models import Grant
from contact.paper import PaperWrong

if TYPE_CHECKING:
    from django.contrib.auth.models import User

RIGHT = "contact.change_grant"  # in no role: administrators only


def banner(request: HttpRequest) -> dict[str, Any]:
    """Tell staff that the server can open what they read, and administrators what is left to do with the paper."""
    file = paper_file()
    return {
        "server_can_open": Grant.objects.filter(principal=Grant.Principal.SERVER).exists(),
        "paper_name": file.name if file.exists() else "",
        "paper_left_to_do": recovery.left_to_do() if request.user.has_perm(RIGHT) else "",
    }


@admin.register(Grant)
class KeyringAdmin(ClosedAdmin):
    """One page: the grants, and a field for what stands on the recovery paper. No row has a page of its own."""

    right = RIGHT

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show who can open; on POST prove the paper. What was typed is never sent back to the browser."""
        problem = ""
        if request.method == "POST":
            try:
                recovery.prove(request.POST.get("typed", ""), cast("User", request.user))
            except (PaperWrong, KeysMissing) as error:
                problem = str(error)
            else:
                messages.success(request, _("The recovery paper is proven: it opens the inbox."))
                return HttpResponseRedirect(reverse("admin:contact_grant_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Who can open the inbox"),
            "opts": self.opts,
            "grants": Grant.objects.select_related("key").order_by("-key__generation", "principal"),
            "left_to_do": recovery.left_to_do(),
            "file": paper_file(),
            "file_exists": paper_file().exists(),
            "problem": problem,
        }
        return TemplateResponse(request, "admin/contact/keyring.html", context, status=422 if problem else 200)
