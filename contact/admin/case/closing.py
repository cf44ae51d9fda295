"""The buttons that close a case, which asks whether it stands in the patient journal, and take it up again."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.case_view import case_view
from contact.admin.case.drafts import SEEN, with_newest_seen
from contact.admin.case.forms.closing import CloseForm
from contact.admin.case.page import case_again, case_page
from contact.admin.case.typed_words import words_in
from contact.cases import status
from contact.cases.unread import UnseenEntry
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@case_view("POST")
def close(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Close the case and lead to the list: its own page would open the inquiry once more.

    Nothing is closed past words that are typed and not sent, nor past what the colleague has not seen.
    """
    form = CloseForm(request.POST)
    form.full_clean()
    if words_in(request.POST):
        form.add_error(None, _("Something you have written is neither sent nor stored. Do that, or take it out."))
    if not form.is_valid():
        return case_page(section, request, inquiry, 422, close_form=form)
    user, journal = cast("User", request.user), form.cleaned_data["journal"]
    try:
        is_closed = status.close_when_all_seen(inquiry, user, journal, seen=request.POST.get(SEEN, ""))
    except UnseenEntry:
        form.add_error(None, _("There is something here that you have not seen. Read it, then close once more."))
        typed = with_newest_seen(request, inquiry)
        return case_page(section, request, inquiry, 409, close_form=form, typed=typed)
    if is_closed:
        messages.success(request, _("%(reference)s is closed.") % {"reference": inquiry.reference})
    else:
        words = _(
            "%(reference)s was closed by another colleague a moment ago. Your answer on the journal is not kept."
        )
        messages.warning(request, words % {"reference": inquiry.reference})
    return redirect("admin:contact_inquiry_changelist")


@case_view("POST")
def reopen(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Take the case up again, and show it."""
    status.reopen(inquiry, cast("User", request.user))
    return case_again(section, request, inquiry)
