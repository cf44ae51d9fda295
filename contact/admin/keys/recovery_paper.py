"""A new recovery paper in the admin: shown once to be printed, and put in place when it is typed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from contact.admin.access.restricted import RestrictedAdmin
from contact.keys import recovery
from contact.keys.keyring import KeyringRefused, KeysMissing, Opener
from contact.permissions import may_read_inbox

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class ReplacingPaperAdmin(RestrictedAdmin):
    """Three POSTs of the page about the keys, for a keyholder who has unlocked the inbox."""

    if TYPE_CHECKING:

        def page(self, request: HttpRequest, *, problem: str = "", failed: str = "") -> HttpResponse: ...

        def step(self, name: str, do: Callable[[HttpRequest], str]) -> Callable[[HttpRequest], HttpResponse]: ...

        def quick_opener(self, request: HttpRequest) -> Opener | None: ...

    def paper_urls(self, info: str) -> list[URLPattern]:
        """Return the three addresses."""
        steps = {"replace-paper": self.replace_paper, "keep-old-paper": self.keep_old_paper}
        return [
            path("print-new-paper/", self.guarded(self.print_new_paper), name=f"{info}_print_new_paper"),
            *(
                path(f"{name}/", self.guarded(self.step(name, do)), name=f"{info}_{name.replace('-', '_')}")
                for name, do in steps.items()
            ),
        ]

    def print_new_paper(self, request: HttpRequest) -> HttpResponse:
        """Show a new paper, once: a second time it would be another one."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            text = recovery.print_new_paper(self.unlocked(request), cast("User", request.user))
        except (KeysMissing, KeyringRefused) as error:
            return self.page(request, problem=str(error), failed="print-new-paper")
        list(messages.get_messages(request))  # a message from before must not stand on the print
        context = {
            **self.admin_site.each_context(request),
            "title": _("A new recovery paper"),
            "opts": self.opts,
            "text": text,
        }
        return TemplateResponse(
            request, "admin/contact/new_paper.html", context, headers={"Cache-Control": "no-store"}
        )

    def replace_paper(self, request: HttpRequest) -> str:
        """Take what was typed from the new print."""
        typed = request.POST.get("typed", "")
        recovery.replace_paper(typed, self.unlocked(request), cast("User", request.user))
        return _(
            "The new recovery paper is proven. The old one opens nothing here any more: destroy it if you find it."
        )

    def keep_old_paper(self, request: HttpRequest) -> str:
        """Forget the new one."""
        recovery.keep_old_paper(cast("User", request.user))
        return _("The new paper is discarded. The old one counts as before.")

    def unlocked(self, request: HttpRequest) -> Opener:
        """Return what opens for this person. Raises KeyringRefused.

        The server's key opens for nobody who may not read: the paper would open everything to them.
        """
        if not may_read_inbox(cast("User", request.user)):
            raise KeyringRefused(_("You may not read inquiries."))
        opener = self.quick_opener(request)
        if opener is None:
            raise KeyringRefused(_("The inbox is locked. Unlock it first."))
        return opener
