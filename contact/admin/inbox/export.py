"""Taking the list away as a table: a page that says what that means, and the file."""

from typing import TYPE_CHECKING, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.admin.access.opener import is_unlocked, opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.inbox.list_query import ListQuery
from contact.admin.wording.answers import LABELS, lines
from contact.exports import case_table
from contact.keys import keyring
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NAME = "export.csv"  # lies in a folder that others look into
ABOUT_PHONE = "phone"


class ExportingAdmin(RestrictedAdmin):
    """A GET shows the page, a POST gives the file. Both see what the list shows with the same address."""

    def exporting_urls(self, info: str) -> list[URLPattern]:
        """Return the page."""
        return [path("export/", self.guarded(self.export_view), name=f"{info}_export")]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Ask with or without content; give what was chosen."""
        if (found := self.listed(request)) is None:
            return redirect("admin:contact_inquiry_export")
        user, content = cast("User", request.user), request.POST.get("content", "")
        if request.method == "GET":
            return self._page(request, found.count())
        if request.method != "POST":
            return HttpResponseNotAllowed(["GET", "POST"])
        if content not in ("without", "with"):
            return self._page(request, found.count(), problem=_("Choose what the table shall have in it."))
        try:
            if content == "with":
                pieces = case_table.with_content(found, user, opener(request), headings(), cells)
            else:
                pieces = case_table.without_content(found, user)
        except KeysMissing:
            return self._page(request, found.count(), problem=_("The inbox is locked. Unlock it first."))
        answer = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{NAME}"'
        answer["Cache-Control"] = "no-store"
        return answer

    def listed(self, request: HttpRequest) -> QuerySet[Inquiry] | None:
        """Return what the list shows at an address with this query; None when it asks for what is not offered."""
        query = ListQuery.read(request.GET)
        return query.rows(cast("User", request.user), timezone.now()) if query else None

    def _page(self, request: HttpRequest, number: int, *, problem: str = "") -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Save the list as a table"),
            "opts": self.opts,
            "number": number,
            "most": case_table.MOST_OPENED,
            "can_open": keyring.server_can_open() or is_unlocked(request),
            "query": request.GET.urlencode(),
            "problem": problem,
        }
        return TemplateResponse(request, "admin/contact/export.html", context, status=422 if problem else 200)


def headings() -> list[str]:
    """Return the columns of what was written; what is allowed stands right beside the number."""
    named = [
        [str(label)] if name != ABOUT_PHONE else [str(label), _("About calling")] for name, label in LABELS.items()
    ]
    return [*(heading for some in named for heading in some), _("Anything else")]


def cells(answers: dict[str, str], role: str) -> list[str]:
    """Return what was written in the order of the headings, in the words that the inquiry's own page has."""
    told = {line.label: line for line in lines(answers, role)}
    found = []
    for name, label in LABELS.items():
        line = told.pop(str(label), None)
        found.append(line.text if line else "")
        if name == ABOUT_PHONE:
            found.append(line.beside if line else "")
    return [*found, " / ".join(f"{line.label}: {line.text}" for line in told.values())]
