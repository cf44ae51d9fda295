"""What a colleague is told who has a case open that its sender, or retention, has erased meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from contact.admin.case.drafts import words_in
from contact.models import Inquiry, Tombstone
from contact.retention.erasure import Erased

View = Callable[[Any, HttpRequest, UUID], HttpResponse]


def told_when_erased(view: View) -> View:
    """Answer 410, with what was typed, for what was here once; 404 for the rest."""

    @wraps(view)
    def told(section: Any, request: HttpRequest, pk: UUID) -> HttpResponse:
        try:
            return view(section, request, pk)
        except (Erased, Http404, Inquiry.DoesNotExist):
            if not Tombstone.objects.filter(inquiry_id=pk).exists():
                raise Http404 from None
        context = {
            **section.admin_site.each_context(request),
            "title": _("The inquiry is erased"),
            "opts": section.opts,
            "typed": "\n\n".join(words_in(request.POST)),
        }
        return TemplateResponse(request, "admin/contact/erased.html", context, status=410)

    return told
