"""What every view of one case keeps: its methods, 404 for an unknown case, 410 for an erased one."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.drafts import keep_words
from contact.admin.case.typed_words import words_by_field
from contact.models import Inquiry, Tombstone
from contact.references import erased_case
from contact.retention.erasure import Erased

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CaseView = Callable[[RestrictedAdmin, HttpRequest, Inquiry], HttpResponse]
AddressView = Callable[[RestrictedAdmin, HttpRequest, UUID], HttpResponse]
Step = Callable[[HttpRequest, Inquiry, "User"], str]


class NotDone(Exception):
    """A button did nothing. The message tells the colleague why."""


def case_view(*methods: str) -> Callable[[CaseView], AddressView]:
    """Turn a function that takes the case into the view of an address that names it.

    The case may be erased by its sender or by retention while a colleague has it open: then the page says so, and
    gives back what the colleague had typed. Whatever button is pressed, what is typed is kept as a draft first.
    """

    def decorate(view: CaseView) -> AddressView:
        @method_decorator(require_http_methods(methods))
        @wraps(view)
        def find_case(section: RestrictedAdmin, request: HttpRequest, pk: UUID) -> HttpResponse:
            try:
                inquiry = get_object_or_404(Inquiry, pk=pk)
                if request.method == "POST":
                    keep_words(request, inquiry, request.POST)
                return view(section, request, inquiry)
            except (Erased, Http404, Inquiry.DoesNotExist):
                if not Tombstone.objects.filter(inquiry_id=pk).exists():
                    raise Http404 from None
            return _gone(section, request, pk)

        return cast(AddressView, find_case)

    return decorate


def button(do: Step, back: CaseView) -> AddressView:
    """Return the view of a button: `do` does one thing and returns the sentence that says so; `back` leads on."""

    @case_view("POST")
    def press(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
        try:
            messages.success(request, do(request, inquiry, cast("User", request.user)))
        except NotDone as error:
            messages.error(request, str(error))
        return back(section, request, inquiry)

    return press


def _gone(section: RestrictedAdmin, request: HttpRequest, pk: UUID) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("The inquiry is erased"),
        "erased": erased_case(pk),
        "typed": words_by_field(request.POST),
    }
    return section.render(request, "admin/contact/case/gone.html", context, status=410)
