"""The buttons about the next step of a case: to set it, and to take it away when it is done."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from contact.admin.access.opener import opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.case_view import case_view
from contact.admin.case.drafts import sees_newest
from contact.admin.case.forms.next_step import NextStepForm
from contact.admin.case.page import case_again, case_page
from contact.cases import reading
from contact.cases.contact_preferences import ReasonMissing
from contact.cases.next_step import What
from contact.cases.writing import steps
from contact.crypto.sealing import SealBroken
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@case_view("POST")
def set_next_step(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Store what is to be done next, in place of the last step. Against the sender's wish it needs a reason."""
    form, saw_newest = NextStepForm(request.user, request.POST), sees_newest(request, inquiry)
    if inquiry.status != Inquiry.Status.OPEN:
        form.add_error(None, _("The inquiry is closed. Reopen it first."))
    if not form.is_valid():
        return case_page(section, request, inquiry, 422, step_form=form)
    try:
        waits_again = _store(request, inquiry, form)
    except ReasonMissing:
        form.add_error("reason", _("Say why, or choose another step."))
        return case_page(section, request, inquiry, 422, step_form=form)
    except (KeysMissing, SealBroken):
        form.add_error(None, _("The inbox does not open, so nothing was stored."))
        return case_page(section, request, inquiry, 409, step_form=form)
    messages.success(request, _say(_("The next step is set."), waits_again=waits_again))
    return case_again(section, request, inquiry, "step", saw_newest=saw_newest)


def finish_step(_request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Take the next step away."""
    return _say(_("The next step is done."), waits_again=steps.finish_step(inquiry, user))


def _store(request: HttpRequest, inquiry: Inquiry, form: NextStepForm) -> bool:
    typed = form.cleaned_data
    # Only a call can go against a wish, so that any other step is set while the inbox is locked too.
    answers = reading.unseal(inquiry, opener(request)(inquiry.key)) if typed["what"] == What.RING else {}
    step, user, number = form.planned(inquiry, answers), cast("User", request.user), typed["form"]
    return steps.set_next_step(inquiry, step, user, form=number, against=form.against, reason=typed["reason"])


def _say(done: str, *, waits_again: bool) -> str:
    owed = _("No call is written down, so the sender still waits to be rung.")
    return f"{done} {owed}" if waits_again else done
