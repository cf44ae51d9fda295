"""Closing a case, which asks whether it stands in the patient journal, and taking it up again."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.admin.case.drafts import SEEN, case_again, seen_now, words_in
from contact.admin.case.erased import told_when_erased
from contact.cases import replies, status
from contact.cases.unread import UnseenEntry
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from contact.admin.case.page import InboxAdmin

WAITING = {
    "": "",
    "never": gettext_lazy(
        "Nobody has answered here, or written down that the sender was reached. You can close it all the same."
    ),
    "since": gettext_lazy("The sender has written more since you last answered. You can close it all the same."),
}


class CloseForm(forms.Form):
    """One question, without which nothing is closed."""

    use_required_attribute = False
    prefix = "close"

    journal = forms.ChoiceField(
        choices=Inquiry.Journal.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("Is this recorded in the patient journal?"),
        error_messages={"required": gettext_lazy("Answer this before you close.")},
    )


class Closing:
    """Two POSTs. A refused one shows the case with everything that was typed on it."""

    @told_when_erased
    def close_view(self: "InboxAdmin", request: HttpRequest, pk: UUID) -> HttpResponse:
        """Close, then back to the list: the inquiry itself would be opened once more."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        inquiry, form = get_object_or_404(Inquiry, pk=pk), CloseForm(request.POST)
        form.full_clean()
        if words_in(request.POST):
            form.add_error(
                None, _("Something you have written is neither sent nor stored. Do that, or take it out.")
            )
        if not form.is_valid():
            return self.case_page(request, inquiry, 422, close_form=form)
        user, journal = cast("User", request.user), form.cleaned_data["journal"]
        try:
            closed = status.close_when_all_seen(inquiry, user, journal, seen=request.POST.get(SEEN, ""))
        except UnseenEntry:
            form.add_error(
                None, _("There is something here that you have not seen. Read it, then close once more.")
            )
            return self.case_page(request, inquiry, 409, close_form=form, typed=seen_now(request, inquiry))
        if closed:
            messages.success(request, _("%(reference)s is closed.") % {"reference": inquiry.reference})
        else:
            words = _(
                "%(reference)s was closed by somebody else a moment ago. Your answer on the journal is not kept."
            )
            messages.warning(request, words % {"reference": inquiry.reference})
        return redirect("admin:contact_inquiry_changelist")

    @told_when_erased
    def reopen_view(self: "InboxAdmin", request: HttpRequest, pk: UUID) -> HttpResponse:
        """Reopen, and show it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        inquiry = get_object_or_404(Inquiry, pk=pk)
        status.reopen(inquiry, cast("User", request.user))
        return case_again(self, request, inquiry)


def closing_of(inquiry: Inquiry) -> dict[str, Any]:
    """Return what the page says beside the button."""
    waiting, days = "", settings.INQUIRY_RETENTION_DAYS
    if inquiry.status == Inquiry.Status.OPEN:
        waiting = replies.missing_answer(inquiry)
    erased_on = inquiry.closed_at + timedelta(days=days) if inquiry.closed_at else None
    return {"missing_answer": WAITING[waiting], "retention_days": days, "erased_on": erased_on}
