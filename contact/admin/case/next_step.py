"""The buttons about the next step of a case: to set it, and to take it away when it is done."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.case_view import case_view
from contact.admin.case.drafts import sees_newest
from contact.admin.case.forms import NextStepForm
from contact.admin.case.page import case_again, case_page
from contact.cases import replies
from contact.cases.next_step import NextStep
from contact.keys.inbox_openers import inbox_openers
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry
from contact.permissions import display_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@case_view("POST")
def set_next_step(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Store what is to be done next, in place of what was to be done before."""
    form, saw_newest = NextStepForm(request.user, request.POST), sees_newest(request, inquiry)
    if inquiry.status != Inquiry.Status.OPEN:
        form.add_error(None, _("The inquiry is closed. Reopen it first."))
    if not form.is_valid():
        return case_page(section, request, inquiry, 422, step_form=form)
    typed = form.cleaned_data
    owner = inbox_openers().filter(pk=typed["owner"]).first()
    step = NextStep(typed["what"], typed["at"], owner, typed["text"], display_name(owner) if owner else "")
    try:
        replies.set_next_step(inquiry, step, cast("User", request.user), form=typed["form"])
    except KeysMissing as error:
        form.add_error(None, str(error))
        return case_page(section, request, inquiry, 409, step_form=form)
    messages.success(request, _("The next step is set."))
    return case_again(section, request, inquiry, "step", saw_newest=saw_newest)


def finish_step(_request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Take the next step away."""
    replies.finish_step(inquiry, user)
    return _("The next step is done.")
