"""The inbox: a list of harmless columns, and one inquiry in clear, each look logged before it is shown."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from contact.admin.access.banner import banner
from contact.admin.access.opener import lock_state, opener
from contact.admin.access_log import newest_of_inquiry
from contact.admin.case.closing import CloseForm, Closing, closing_of
from contact.admin.case.contact_attempts import OutsideForm, OutsideWriting
from contact.admin.case.drafts import with_draft, words_in
from contact.admin.case.erased import told_when_erased
from contact.admin.case.holds import HoldingAdmin, hold_of
from contact.admin.case.ownership import OwningAdmin, owner_of
from contact.admin.case.replies import NoteForm, ReplyForm, Writing
from contact.admin.case.subject_access import RightsAdmin
from contact.admin.inbox.export import ExportingAdmin
from contact.admin.inbox.search import SearchingAdmin
from contact.admin.inbox.statistics import StatisticsAdmin
from contact.admin.reply_templates import to_choose
from contact.admin.wording.answers import how_to_reach, lines
from contact.cases import reading
from contact.cases.replies import mail_address, was_mail_refused
from contact.crypto.sealing import SealBroken
from contact.keys.keyring import KeysMissing
from contact.keys.unlocking import Locked
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@admin.register(Inquiry)
class InboxAdmin(
    Writing, OutsideWriting, Closing, SearchingAdmin, OwningAdmin, HoldingAdmin, RightsAdmin, StatisticsAdmin,
    ExportingAdmin,
):  # fmt: skip
    """Needs the right to change inquiries: who may read one may also close it."""

    right = "contact.change_inquiry"

    def own_urls(self, info: str) -> list[URLPattern]:
        """One inquiry, and what can be done with it."""
        return [
            *self.unlock_urls(info),
            *self.search_urls(info),
            *self.owner_urls(info),
            *self.hold_urls(info),
            *self.rights_urls(info),
            *self.statistics_urls(info),
            *self.exporting_urls(info),
            path("<uuid:pk>/change/", self.guarded(self.inquiry_view), name=f"{info}_change"),
            path("<uuid:pk>/again/", self.guarded(self.again_view), name=f"{info}_again"),
            path("<uuid:pk>/reply/", self.guarded(self.reply_view), name=f"{info}_reply"),
            path("<uuid:pk>/note/", self.guarded(self.note_view), name=f"{info}_note"),
            path("<uuid:pk>/template/", self.guarded(self.template_view), name=f"{info}_template"),
            path("<uuid:pk>/outside/", self.guarded(self.outside_view), name=f"{info}_outside"),
            path("<uuid:pk>/close/", self.guarded(self.close_view), name=f"{info}_close"),
            path("<uuid:pk>/reopen/", self.guarded(self.reopen_view), name=f"{info}_reopen"),
        ]

    @told_when_erased
    def inquiry_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show one inquiry in clear, or say honestly why that is not possible."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self.case_page(request, get_object_or_404(Inquiry, pk=pk))

    def case_page(self, request: HttpRequest, inquiry: Inquiry, status: int = 200, **shown: Any) -> HttpResponse:
        """Show the case with its thread and its forms, with what was typed in any of them."""
        typed = shown.pop("typed", request.POST)
        shown = forms_of(inquiry, typed) | {"has_draft": bool(words_in(typed))} | shown
        open_key = shown.pop("opener", None) or opener(request)
        try:
            answers = reading.open_inquiry(inquiry, cast("User", request.user), open_key)
            shown["lines"] = lines(answers, inquiry.role)
            shown["thread"] = reading.open_messages(inquiry, open_key)
            shown["how_to_reach"] = how_to_reach(answers, inquiry.role)
            shown["is_mailed"] = bool(mail_address(answers))
        except Locked as error:
            shown |= {"problem": str(error), "locked": True}
        except KeysMissing as error:
            shown["problem"] = str(error)
        except SealBroken:
            shown["problem"] = _("This inquiry does not open: what is stored has been changed.")
        context = {
            **self.admin_site.each_context(request),
            **banner(request),
            **lock_state(request),
            **shown,
            "title": _("Inquiry %(reference)s") % {"reference": inquiry.reference},
            "opts": self.opts,
            "inquiry": inquiry,
            **newest_of_inquiry(inquiry),
            **hold_of(inquiry),
            **owner_of(inquiry, cast("User", request.user)),
            **closing_of(inquiry),
            "templates": to_choose(inquiry),
            "template": request.POST.get("template", ""),
            "mail_was_refused": was_mail_refused(inquiry),
        }
        return TemplateResponse(request, "admin/contact/inquiry.html", context, status=status)


def forms_of(inquiry: Inquiry, typed: QueryDict) -> dict[str, Any]:
    """Return the forms of a case, with what was typed in them when something else was pressed."""
    return {
        "reply_form": with_draft(ReplyForm(inquiry), typed),
        "note_form": with_draft(NoteForm(), typed),
        "outside_form": with_draft(OutsideForm(), typed),
        "close_form": with_draft(CloseForm(), typed),
    }
