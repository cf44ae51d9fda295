"""What a person may ask of us, as steps on an inquiry's page: a copy on paper or as a file, and erasing."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from contact.admin.access.opener import opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.erased import told_when_erased
from contact.admin.wording.answers import lines
from contact.cases.reading import ThreadEntry
from contact.crypto.sealing import SealBroken
from contact.exports.subject_access import Held, as_file, copy_of, erase_on_request, holds_of
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry
from contact.permissions import display_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User

READABLE = {"indent": 2, "ensure_ascii": False}


class RightsAdmin(RestrictedAdmin):
    """Each step takes a POST: what is looked at or erased is logged, and no link may do that by itself."""

    def rights_urls(self, info: str) -> list[URLPattern]:
        """Return one address for each step."""
        views = {"copy": self.copy_view, "erase": self.erase_view}
        return [
            path(f"<uuid:pk>/{name}/", self.guarded(view), name=f"{info}_{name}") for name, view in views.items()
        ]

    @told_when_erased
    def copy_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Give everything that is kept, as a page to print or, with `as=file`, as a file."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        inquiry = get_object_or_404(Inquiry, pk=pk)
        try:
            answers, thread = copy_of(inquiry, cast("User", request.user), opener(request))
            if request.POST.get("as") == "file":
                answer = JsonResponse(as_file(inquiry, answers, thread), json_dumps_params=READABLE)
                answer["Content-Disposition"] = f'attachment; filename="{inquiry.reference}.json"'
                answer["Cache-Control"] = "no-store"
                return answer
            return self._on_paper(request, inquiry, answers, thread)
        except (KeysMissing, SealBroken):
            messages.error(request, _("This inquiry does not open now, so there is no copy."))
            return redirect("admin:contact_inquiry_change", inquiry.pk)

    def _on_paper(
        self, request: HttpRequest, inquiry: Inquiry, answers: dict[str, str], thread: list[ThreadEntry]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Copy of inquiry %(reference)s") % {"reference": inquiry.reference},
            "opts": self.opts,
            "inquiry": inquiry,
            "owner": display_name(inquiry.owner) if inquiry.owner else "",
            "holds": holds_of(inquiry),
            "lines": lines(answers, inquiry.role),
            "thread": thread,
            "for_the_person": True,
        }
        return TemplateResponse(request, "admin/contact/copy.html", context, headers={"Cache-Control": "no-store"})

    @told_when_erased
    def erase_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask once more, and then erase."""
        inquiry = get_object_or_404(Inquiry.objects.defer("sealed"), pk=pk)
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": _("Erase inquiry %(reference)s at once?") % {"reference": inquiry.reference},
                "opts": self.opts,
                "inquiry": inquiry,
            }
            return TemplateResponse(request, "admin/contact/erase.html", context)
        try:
            erase_on_request(inquiry, cast("User", request.user))
        except Held:
            messages.error(request, _("It is kept for a reason. Release it first."))
            return redirect("admin:contact_inquiry_change", inquiry.pk)
        messages.success(request, _("%(reference)s is erased.") % {"reference": inquiry.reference})
        return redirect("admin:contact_inquiry_changelist")
