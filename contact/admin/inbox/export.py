"""Saving the list as a table: a page that says what that means, and the file."""

from typing import TYPE_CHECKING, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contact.admin.access.opener import is_unlocked, opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.inbox.list_query import ListQuery
from contact.admin.wording.answers import LABELS, answer_lines
from contact.exports import case_table
from contact.keys import key_holders
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NAME = "export.csv"  # lies in a folder that others look into
ABOUT_PHONE = "phone"


@method_decorator(require_http_methods(["GET", "POST"]))
def export_view(section: RestrictedAdmin, request: HttpRequest) -> HttpResponseBase:
    """Ask with or without content; on POST give the file. Both take the rows that the list shows at this query."""
    if (query := ListQuery.read(request.GET)) is None:
        return redirect("admin:contact_inquiry_export")
    user, content = cast("User", request.user), request.POST.get("content", "")
    rows = query.rows(user, timezone.now())
    if request.method == "GET":
        return _export_page(section, request, rows)
    if content not in ("without", "with"):
        return _export_page(section, request, rows, problem=_("Choose what the table shall have in it."))
    try:
        if content == "with":
            pieces = case_table.with_content(rows, user, opener(request), table_headings(), table_cells)
        else:
            pieces = case_table.without_content(rows, user)
    except KeysMissing:
        return _export_page(section, request, rows, problem=_("The inbox is locked. Unlock it first."))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    response["Cache-Control"] = "no-store"
    return response


def _export_page(
    section: RestrictedAdmin, request: HttpRequest, rows: QuerySet[Inquiry], *, problem: str = ""
) -> HttpResponse:
    context = {
        "title": _("Save the list as a table"),
        "number": rows.count(),
        "most": case_table.MOST_OPENED,
        "can_open": key_holders.server_can_open() or is_unlocked(request),
        "query": request.GET.urlencode(),
        "problem": problem,
    }
    return section.render(request, "admin/contact/inbox/export.html", context, status=422 if problem else 200)


def table_headings() -> list[str]:
    """Return the columns of what was written; what is allowed stands right beside the number."""
    named = [
        [str(label)] if name != ABOUT_PHONE else [str(label), _("About calling")] for name, label in LABELS.items()
    ]
    return [*(heading for some in named for heading in some), _("Anything else")]


def table_cells(answers: dict[str, str], role: str) -> list[str]:
    """Return what was written in the order of the headings, in the words that the inquiry's own page has."""
    told = {line.label: line for line in answer_lines(answers, role)}
    found = []
    for name, label in LABELS.items():
        line = told.pop(str(label), None)
        found.append(line.text if line else "")
        if name == ABOUT_PHONE:
            found.append(line.beside if line else "")
    return [*found, " / ".join(f"{line.label}: {line.text}" for line in told.values())]
